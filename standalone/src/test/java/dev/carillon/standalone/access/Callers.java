package dev.carillon.standalone.access;

import dev.carillon.ingest.apikey.Token;
import dev.carillon.ingest.console.oidc.OidcProperties;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Makes the credentials of every {@link Caller}, and calls with them. */
final class Callers implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String STREAM = "/api/v1/notifications/stream";
    private static final RecipientId EVE = new RecipientId("matrix-eve");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Caller, String> tokens = new EnumMap<>(Caller.class);
    private final Map<Caller, ConsoleSession> sessions = new EnumMap<>(Caller.class);
    private final Map<URI, String> streamCookies = new HashMap<>();
    private final OidcProperties issuer;
    private final JdbcClient database;
    private final Clock clock;
    private final String frontDoor;
    private final String bootstrap;

    /** @param frontDoor origin of the ingest-api in {@code context}, which gives out keys and sessions */
    Callers(ApplicationContext context, String frontDoor) {
        this.frontDoor = frontDoor;
        var settings = context.getEnvironment();
        clock = context.getBean("platformClock", Clock.class);
        String secret = settings.getRequiredProperty("carillon.auth.jwt-secret");
        bootstrap = settings.getRequiredProperty("carillon.ingest.bootstrap-key");
        keys();
        EndUserTokens users = new EndUserTokens(secret, "carillon", clock);
        tokens.put(Caller.GARBAGE, "ck_no-such-key");
        tokens.put(Caller.USER, users.issue(EVE, HOUR));
        tokens.put(Caller.VISITOR, users.issue(new RecipientId("session:matrix"), "matrix", HOUR));
        tokens.put(Caller.EXPIRED, users.issue(EVE, HOUR.negated()));
        tokens.put(Caller.OTHER_AUDIENCE, new EndUserTokens(secret, "elsewhere", clock).issue(EVE, HOUR));
        tokens.put(Caller.OTHER_SECRET, new EndUserTokens(secret + "x", "carillon", clock).issue(EVE, HOUR));
        tokens.put(Caller.UNSIGNED, unsigned(token(Caller.USER)));
        issuer = context.getBean(OidcProperties.class);
        database = JdbcClient.create(context.getBean(DataSource.class));
    }

    /** Those who can be here. */
    List<Caller> kinds() {
        return Stream.of(Caller.values())
                .filter(caller -> caller != Caller.PERSON || issuer.isOn())
                .toList();
    }

    private ConsoleSession session(Caller caller) {
        return sessions.computeIfAbsent(
                caller, one -> one == Caller.PERSON ? person() : signIn(token(Caller.OPERATE_KEY)));
    }

    /** As if she had come back from the issuer. */
    private ConsoleSession person() {
        String token = Token.random();
        String csrf = Token.random();
        database.sql("INSERT INTO ingest.console_session"
                        + " (hash, person_id, person_name, person_grant, csrf, created_at, seen_at)"
                        + " VALUES (:hash, :person, 'Grace', :grant, :csrf, :now, :now)")
                .param("hash", Token.hash(token))
                .param("person", UUID.randomUUID())
                .param("grant", issuer.grant())
                .param("csrf", csrf)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        String name = signIn(token(Caller.OPERATE_KEY)).cookie().split("=", -1)[0];
        return new ConsoleSession(name + "=" + token, csrf);
    }

    private void keys() {
        tokens.put(Caller.PUBLISH_KEY, key("publish").path("token").stringValue());
        tokens.put(
                Caller.RECEIPTS_KEY, key("publish\",\"receipts").path("token").stringValue());
        tokens.put(Caller.URGENT_KEY, key("urgent\",\"broadcast").path("token").stringValue());
        tokens.put(
                Caller.BOUND_KEY,
                key("publish\"],\"sources\":[\"elsewhere").path("token").stringValue());
        tokens.put(Caller.MANAGE_KEY, key("manage").path("token").stringValue());
        tokens.put(Caller.OPERATE_KEY, key("operate").path("token").stringValue());
        JsonNode revoked = key("publish\",\"manage\",\"operate");
        tokens.put(Caller.REVOKED_KEY, revoked.path("token").stringValue());
        sessions.put(Caller.SIGNED_IN_BY_REVOKED_KEY, signIn(token(Caller.REVOKED_KEY)));
        send(request(
                        "DELETE",
                        frontDoor + "/api/v1/ops/api-keys/" + revoked.path("id").stringValue(),
                        "")
                .header("Authorization", "Bearer " + bootstrap));
        ConsoleSession closed = signIn(token(Caller.OPERATE_KEY));
        send(closed.on(request("DELETE", frontDoor + "/console/session", "")));
        sessions.put(Caller.SIGNED_OUT, closed);
    }

    /** Of an operator in the console. */
    private record ConsoleSession(String cookie, String csrf) {
        HttpRequest.Builder on(HttpRequest.Builder request) {
            return request.header("Cookie", cookie).header("X-Carillon-Csrf", csrf);
        }
    }

    private ConsoleSession signIn(String key) {
        HttpResponse<InputStream> session =
                send(request("POST", frontDoor + "/console/session", "{\"key\":\"" + key + "\"}"));
        String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
        return new ConsoleSession(
                cookie, Json.mapper().readTree(body(session)).path("csrf").stringValue());
    }

    private JsonNode key(String scopes) {
        String body = "{\"name\":\"matrix\",\"scopes\":[\"" + scopes + "\"]}";
        return Json.mapper()
                .readTree(body(send(request("POST", frontDoor + "/api/v1/ops/api-keys", body)
                        .header("Authorization", "Bearer " + bootstrap))));
    }

    private static String unsigned(String token) {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return header + "." + token.split("\\.", -1)[1] + ".";
    }

    String token(Caller caller) {
        return Objects.requireNonNull(tokens.get(caller));
    }

    /** The status; of an answer that does not end only its beginning is read. */
    int call(Caller caller, String method, String url) {
        HttpRequest.Builder request = request(method, url, "{}");
        switch (caller) {
            case NOBODY -> {}
            case COOKIE_ALONE -> request.header("Cookie", session(caller).cookie());
            case SIGNED_IN, PERSON, SIGNED_OUT, SIGNED_IN_BY_REVOKED_KEY ->
                session(caller).on(request);
            case STREAM_TICKET -> {
                if (url.contains("/api/")) {
                    request.uri(URI.create(url + "?ticket=" + ticket(url)));
                }
            }
            case STREAM_COOKIE -> request.header("Cookie", streamCookie(url));
            default -> request.header("Authorization", "Bearer " + token(caller));
        }
        HttpResponse<InputStream> answer = send(request);
        close(answer);
        if (method.equals("DELETE") && url.endsWith("/console/session")) {
            sessions.keySet().removeAll(Set.of(Caller.COOKIE_ALONE, Caller.SIGNED_IN, Caller.PERSON));
        }
        return answer.statusCode();
    }

    /** One that was not used; where no streams are, something that is none. */
    private String ticket(String url) {
        HttpResponse<InputStream> answer =
                send(request("POST", URI.create(url).resolve(STREAM + "-ticket").toString(), "")
                        .header("Authorization", "Bearer " + token(Caller.USER)));
        String body = body(answer);
        return answer.statusCode() == 200
                ? Json.mapper().readTree(body).path("ticket").stringValue()
                : "none";
    }

    private String streamCookie(String url) {
        return streamCookies.computeIfAbsent(URI.create(url).resolve(STREAM), stream -> {
            HttpResponse<InputStream> opened = send(request("GET", stream + "?ticket=" + ticket(url), ""));
            close(opened);
            return opened.headers().firstValue("Set-Cookie").orElse("carillon_stream=none");
        });
    }

    private static void close(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(String method, String url, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(WAIT);
        return method.equals("GET")
                ? request
                : request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String body(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Streams that were opened do not end by themselves. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
