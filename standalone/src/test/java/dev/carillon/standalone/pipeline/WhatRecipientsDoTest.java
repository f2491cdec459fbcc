package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.compose.SharedCarillon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What recipients do with what they are told, from their hand to what everybody else sees of it. */
@ExtendWith(SharedCarillon.class)
class WhatRecipientsDoTest {
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final Pattern UNSUBSCRIBE = Pattern.compile("(?m)^List-Unsubscribe:\\s+<([^>]+)>");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key;
    private final EndUserTokens users;

    WhatRecipientsDoTest(Standalone carillon) {
        var settings = carillon.context().getEnvironment();
        key = settings.getRequiredProperty("carillon.ingest.bootstrap-key");
        users = new EndUserTokens(
                settings.getRequiredProperty("carillon.auth.jwt-secret"),
                "carillon",
                carillon.context().getBean("platformClock", Clock.class));
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theButtonThatWasPressedIsInTheLedgerForThePublisherAndForHer() {
        String uid = publish(Map.of(
                "recipients",
                List.of("presser", "onlooker"),
                "title",
                "May Bob join?",
                "actions",
                List.of(Map.of("id", "approve", "label", "Approve"), Map.of("id", "reject", "label", "Reject"))));
        String id = await().atMost(WAIT)
                .until(
                        () -> hers("presser", "GET", "/notifications", "")
                                .at("/notifications/0/id")
                                .asString(""),
                        found -> !found.isEmpty());

        hers("presser", "POST", "/notifications/" + id + "/actions/approve", "");

        JsonNode pressed = await().atMost(WAIT)
                .until(
                        () -> inapp(uid, "presser"),
                        channel -> channel.path("state").asString("").equals("acted"));
        JsonNode step = pressed.path("steps").get(pressed.path("steps").size() - 1);
        assertThat(step.path("state").asString()).isEqualTo("acted");
        assertThat(step.path("detail").asString()).isEqualTo("approve");
        // What became of her is told by another partition than what the presser did.
        JsonNode onlooker =
                await().atMost(WAIT).until(() -> inapp(uid, "onlooker"), channel -> !channel.isMissingNode());
        assertThat(onlooker.path("state").asString()).isEqualTo("routed");
        assertThat(hers("presser", "GET", "/why/" + id, "").toString()).contains("\"state\":\"acted\"");
    }

    @Test
    void oneClickInAMailStopsItsTypeUntilThePreferencesAllowItAgain() throws Exception {
        type("stopped.weekly");
        type("stopped.never");
        call("PUT", "/recipients/stopper", key, Json.write(Map.of("email", "stopper@example.org")));
        String first = publish(mail("stopped.weekly", "Week one"));
        String link = unsubscribeLink(sourceOf("Week one"));
        assertThat(link).startsWith(SharedCarillon.ORIGIN + "/");

        HttpRequest oneClick = HttpRequest.newBuilder(URI.create(link))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build();
        assertThat(http.send(oneClick, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

        JsonNode stopped = await().atMost(WAIT)
                .until(
                        () -> hers("stopper", "GET", "/preferences", ""),
                        found -> !found.at("/unsubscribed/0").isMissingNode());
        assertThat(stopped.at("/unsubscribed/0/scope").asString()).isEqualTo("type");
        assertThat(stopped.at("/unsubscribed/0/name").asString()).isEqualTo("stopped.weekly");
        assertThat(stopped.at("/types/stopped.weekly/email").asString()).isEqualTo("off");

        JsonNode left = await().atMost(WAIT)
                .until(
                        () -> channel(first, "stopper", "email"),
                        found -> found.path("state").asString("").equals("unsubscribed"));
        assertThat(left.path("steps")
                        .get(left.path("steps").size() - 1)
                        .path("detail")
                        .asString())
                .isEqualTo("type stopped.weekly");

        String second = publish(mail("stopped.weekly", "Week two"));
        publish(mail("stopped.never", "Something else"));
        sourceOf("Something else");
        JsonNode email = await().atMost(WAIT)
                .until(
                        () -> channel(second, "stopper", "email"),
                        found -> !found.path("state").asString("").isEmpty());
        assertThat(email.path("state").asString()).isEqualTo("suppressed");
        assertThat(email.path("reason").asString()).isEqualTo("type_off");

        JsonNode allowed = hers(
                "stopper",
                "PUT",
                "/preferences",
                "{\"types\":{\"stopped.weekly\":{\"email\":\"on\"}},\"version\":"
                        + stopped.path("version").asLong() + "}");
        assertThat(allowed.has("unsubscribed")).isFalse();
        publish(mail("stopped.weekly", "Week three"));
        sourceOf("Week three");
        assertThat(subjects()).containsExactlyInAnyOrder("Week one", "Something else", "Week three");
    }

    private void type(String name) {
        call("PUT", "/types/" + name, key, Json.write(Map.of("channels", List.of("email"), "category", "weekly")));
    }

    private static Map<String, Object> mail(String type, String title) {
        return Map.of("type", type, "recipients", List.of("stopper"), "title", title);
    }

    private String publish(Map<String, Object> event) {
        return call("POST", "/events", key, Json.write(event)).path("uid").asString();
    }

    private JsonNode hers(String recipient, String method, String path, String body) {
        String token = users.issue(new RecipientId(recipient), Duration.ofHours(1));
        return call(method, path, token, body.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode inapp(String uid, String recipient) {
        return channel(uid, recipient, "inapp");
    }

    /** How an event stands with somebody on a channel; missing while the ledger does not know. */
    private JsonNode channel(String uid, String recipient, String channel) {
        return answer("GET", "/events/" + uid, key, new byte[0])
                .path("notifications")
                .valueStream()
                .filter(one -> one.path("recipient").asString().equals(recipient))
                .flatMap(one -> one.path("channels").valueStream())
                .filter(one -> one.path("channel").asString().equals(channel))
                .findFirst()
                .orElse(Json.mapper().missingNode());
    }

    private List<JsonNode> mails() {
        return get(SharedCarillon.ORIGIN + "/demo/mails")
                .path("mails")
                .valueStream()
                .filter(mail -> mail.path("to").asString().equals("stopper@example.org"))
                .toList();
    }

    private List<String> subjects() {
        return mails().stream().map(mail -> mail.path("subject").asString()).toList();
    }

    /** The source of the mail with this subject, once it is there. */
    private String sourceOf(String subject) {
        await().atMost(WAIT).until(() -> subjects().contains(subject));
        long id = mails().stream()
                .filter(mail -> mail.path("subject").asString().equals(subject))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();
        return text(HttpRequest.newBuilder(URI.create(SharedCarillon.ORIGIN + "/demo/mails/" + id + "/source"))
                .build());
    }

    private static String unsubscribeLink(String source) {
        Matcher header = UNSUBSCRIBE.matcher(source);
        assertThat(header.find()).as(source).isTrue();
        return header.group(1);
    }

    private JsonNode get(String url) {
        return Json.mapper()
                .readTree(text(HttpRequest.newBuilder(URI.create(url)).build()));
    }

    private JsonNode call(String method, String path, String token, byte[] body) {
        HttpResponse<String> answer = send(request(method, path, token, body));
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 202);
        return Json.mapper().readTree(answer.body());
    }

    /** Whatever its status. */
    private JsonNode answer(String method, String path, String token, byte[] body) {
        return Json.mapper().readTree(send(request(method, path, token, body)).body());
    }

    private static HttpRequest request(String method, String path, String token, byte[] body) {
        return HttpRequest.newBuilder(URI.create(SharedCarillon.ORIGIN + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
    }

    private String text(HttpRequest request) {
        return send(request).body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
