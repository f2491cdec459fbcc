package dev.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.carillon.push.webpush.VapidKeyPair;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.TestPushService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionApiTest {
    private PushPipeline pipeline;
    private TestPushService service;

    @BeforeAll
    void start(TestDatabase database) {
        pipeline = PushPipeline.start(database, Map.of());
        service = TestPushService.plain(pipeline.clock());
    }

    @AfterAll
    void stop() {
        pipeline.close();
        service.close();
    }

    @Test
    void givesTheKeyThatBrowsersSubscribeWith() {
        HttpResponse<String> answer = pipeline.call("ada", "GET", "key", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/key").asString()).isEqualTo(PushPipeline.VAPID.publicKey());
    }

    @Test
    void storesABrowsersSubscriptionOnceHoweverOftenItIsSent() {
        String ada = recipient();
        PushDevice phone = service.device();

        HttpResponse<String> first = subscribe(ada, phone.subscriptionJson());
        HttpResponse<String> second = subscribe(ada, phone.subscriptionJson());

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(first).at("/message").asString()).isEqualTo("subscribed");
        assertThat(json(second).at("/subscription_id")).isEqualTo(json(first).at("/subscription_id"));
        JsonNode listed = listed(ada);
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).at("/id")).isEqualTo(json(first).at("/subscription_id"));
        assertThat(listed.get(0).at("/endpoint").asString()).isEqualTo(phone.endpoint());
        assertThat(listed.get(0).at("/created_at").asString()).isNotEmpty();
        assertThat(pipeline.reachability(ada)).containsExactly(true, true);
    }

    @Test
    void takesTheNewKeysOfAKnownEndpoint() {
        String ada = recipient();
        PushDevice phone = service.device();
        PushDevice stranger = new PushDevice(phone.endpoint());

        subscribe(ada, stranger.subscriptionJson());
        subscribe(ada, phone.subscriptionJson());
        Delivery delivery = pipeline.deliver(ada, "rotated");

        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.SENT);
        assertThat(service.received(phone).getFirst().text()).contains("Title rotated");
    }

    @Test
    void anEndpointMovesToItsNewUser() {
        String ada = recipient();
        String bob = recipient();
        PushDevice shared = service.device();

        subscribe(ada, shared.subscriptionJson());
        subscribe(bob, shared.subscriptionJson());

        assertThat(listed(ada)).isEmpty();
        assertThat(listed(bob)).hasSize(1);
        assertThat(pipeline.reachability(ada)).containsExactly(true, false);
        assertThat(pipeline.reachability(bob)).containsExactly(true);
    }

    @Test
    void aRenewedSubscriptionTakesThePlaceOfTheOldOne() {
        String ada = recipient();
        PushDevice before = service.device();
        PushDevice after = service.device();
        subscribe(ada, before.subscriptionJson());

        subscribe(ada, with(after, "\"oldEndpoint\":\"" + before.endpoint() + "\",\"label\":\"Phone\""));

        assertThat(listed(ada)).hasSize(1);
        assertThat(listed(ada).get(0).at("/endpoint").asString()).isEqualTo(after.endpoint());
        assertThat(listed(ada).get(0).at("/label").asString()).isEqualTo("Phone");
        assertThat(pipeline.reachability(ada)).containsExactly(true, true);
    }

    @Test
    void aServiceWorkerRenewsItsSubscriptionWithoutALoginByTheOldOnesSecret() {
        String ada = recipient();
        PushDevice before = service.device();
        PushDevice after = service.device();
        subscribe(ada, with(before, "\"label\":\"Phone\""));

        HttpResponse<String> answer = renew(before, after);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(listed(ada)).hasSize(1);
        assertThat(listed(ada).get(0).at("/endpoint").asString()).isEqualTo(after.endpoint());
        assertThat(listed(ada).get(0).at("/label").asString()).isEqualTo("Phone");
        assertThat(pipeline.outcome(pipeline.deliver(ada, "renewed")).state()).isEqualTo(OutcomeState.SENT);
        assertThat(service.received(after)).hasSize(1);
    }

    @Test
    void nobodyRenewsASubscriptionWhoseSecretHeDoesNotHave() {
        String ada = recipient();
        PushDevice phone = service.device();
        subscribe(ada, phone.subscriptionJson());

        PushDevice guessed = new PushDevice(phone.endpoint());
        assertThat(renew(guessed, service.device()).statusCode()).isEqualTo(404);
        assertThat(renew(service.device(), service.device()).statusCode()).isEqualTo(404);
        assertThat(listed(ada).get(0).at("/endpoint").asString()).isEqualTo(phone.endpoint());
        HttpResponse<String> nothing = pipeline.callWithoutToken("POST", "renew", "{\"old\":{}}");
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(json(nothing).at("/errors/0/field").asString()).isEqualTo("old.endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clicked", "closed"})
    void whatHappensToAPushIsReportedWithoutALogin(String event) {
        String ada = recipient();
        PushDevice phone = service.device();
        subscribe(ada, phone.subscriptionJson());
        Delivery delivery = pipeline.deliver(ada, "reported");
        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.SENT);
        String token = reportToken(phone);

        HttpResponse<String> answer = report(token, event);

        assertThat(answer.statusCode()).isEqualTo(204);
        NotificationId id = delivery.notification().id();
        assertThat(pipeline.activities(ada).getLast())
                .satisfies(activity -> assertThat(activity.recipient().value()).isEqualTo(ada))
                .satisfies(activity -> {
                    switch (activity) {
                        case Activity.Clicked clicked -> {
                            assertThat(event).isEqualTo("clicked");
                            assertThat(clicked.notification()).isEqualTo(id);
                            assertThat(clicked.channel()).isEqualTo(Channel.PUSH);
                        }
                        case Activity.Seen seen -> {
                            assertThat(event).isEqualTo("closed");
                            assertThat(seen.notifications()).containsExactly(id);
                            assertThat(seen.channel()).isEqualTo(Channel.PUSH);
                        }
                        default -> fail("neither of the two: " + activity);
                    }
                });
    }

    @Test
    void reportsThatAreNotToBeBelievedAreRefused() {
        String ada = recipient();
        PushDevice phone = service.device();
        subscribe(ada, phone.subscriptionJson());
        assertThat(pipeline.outcome(pipeline.deliver(ada, "believed")).state()).isEqualTo(OutcomeState.SENT);
        String token = reportToken(phone);

        assertThat(report("A" + token.substring(1), "clicked").statusCode()).isEqualTo(401);
        assertThat(report(token, "bought").statusCode()).isEqualTo(422);
        assertThat(pipeline.callWithoutToken("POST", "report", "{}").statusCode())
                .isEqualTo(422);
        assertThat(pipeline.activities(ada)).allMatch(activity -> activity instanceof Activity.Reachable);
    }

    @Test
    void theTwentyFirstDeviceTakesThePlaceOfTheLongestUnusedOne() {
        String ada = recipient();
        List<PushDevice> devices = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            PushDevice device = service.device();
            devices.add(device);
            subscribe(ada, device.subscriptionJson());
            pipeline.advance(Duration.ofSeconds(1));
        }

        assertThat(listed(ada)).hasSize(20);
        assertThat(listed(ada).valueStream().map(node -> node.at("/endpoint").asString()))
                .doesNotContain(devices.getFirst().endpoint())
                .contains(devices.getLast().endpoint());
    }

    @Test
    void unsubscribingIsIdempotentAndTouchesNobodyElse() {
        String ada = recipient();
        String eve = recipient();
        PushDevice phone = service.device();
        subscribe(ada, phone.subscriptionJson());
        String body = "{\"endpoint\":\"" + phone.endpoint() + "\"}";

        assertThat(pipeline.call(eve, "POST", "unsubscribe", body).statusCode()).isEqualTo(200);
        assertThat(listed(ada)).hasSize(1);
        assertThat(pipeline.call(ada, "POST", "unsubscribe", body).statusCode()).isEqualTo(200);
        assertThat(pipeline.call(ada, "POST", "unsubscribe", body).statusCode()).isEqualTo(200);
        assertThat(listed(ada)).isEmpty();
        assertThat(pipeline.reachability(ada)).containsExactly(true, false, false);
    }

    @Test
    void removesADeviceByItsIdButNobodyElses() {
        String ada = recipient();
        String id = json(subscribe(ada, service.device().subscriptionJson()))
                .at("/subscription_id")
                .asString();

        assertThat(pipeline.call(recipient(), "DELETE", "subscriptions/" + id, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(pipeline.call(ada, "DELETE", "subscriptions/" + id, null).statusCode())
                .isEqualTo(204);
        assertThat(pipeline.call(ada, "DELETE", "subscriptions/" + id, null).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|endpoint,keys.p256dh,keys.auth",
                "{\"endpoint\":\"ftp://x/y\",\"keys\":{\"p256dh\":\"AAAA\",\"auth\":\"AAAA\"}}|endpoint,keys.p256dh",
                "{\"endpoint\":\"https://x/y\",\"keys\":{\"p256dh\":\"%KEY%\",\"auth\":\"AAAA\"}}|keys.auth",
                "{\"endpoint\":\"https://x/y\",\"keys\":{\"p256dh\":\"%KEY%\"}}|keys.auth",
                "{\"endpoint\":\"https://x/y\",\"keys\":{\"p256dh\":\"%KEY%\",\"auth\":\"AAAAAAAAAAAAAAAAAAAAAA\"},"
                        + "\"expirationTime\":-1,\"label\":\"a\\nb\",\"applicationServerKey\":\"x\"}"
                        + "|expirationTime,label,applicationServerKey"
            })
    void namesEveryFieldThatBreaksARule(String body, String fields) {
        HttpResponse<String> answer =
                subscribe(recipient(), body.replace("%KEY%", new PushDevice("https://x/y").p256dh()));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(json(answer)
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.at("/field").asString()))
                .containsExactly(fields.split(",", -1));
        assertThat(json(answer).at("/errors").valueStream())
                .allSatisfy(error -> assertThat(error.at("/message").asString()).isNotEmpty());
    }

    @Test
    void malformedJsonAndAMissingTokenAreRefused() {
        assertThat(subscribe(recipient(), "{").statusCode()).isEqualTo(400);
        assertThat(pipeline.callWithoutToken("GET", "subscriptions", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSubscriptionMadeUnderAnEarlierKeyIsStillServed(TestDatabase database) {
        VapidKeyPair next = VapidKeyPair.generate();
        String ada = recipient();
        PushDevice phone = service.device();
        subscribe(ada, phone.subscriptionJson());
        try (PushPipeline rotated = PushPipeline.start(
                database,
                Map.of(
                        "carillon.push.vapid.public-key", next.publicKey(),
                        "carillon.push.vapid.private-key", next.privateKeyText(),
                        "carillon.push.vapid.previous[0].public-key", PushPipeline.VAPID.publicKey(),
                        "carillon.push.vapid.previous[0].private-key", PushPipeline.VAPID.privateKeyText()))) {
            assertThat(rotated.call(ada, "GET", "key", null).body()).contains(next.publicKey());
            Delivery delivery = rotated.deliver(ada, "rotation");

            assertThat(rotated.outcome(delivery).state()).isEqualTo(OutcomeState.SENT);
            assertThat(service.received(phone).getFirst().headers().get("authorization"))
                    .endsWith("k=" + PushPipeline.VAPID.publicKey());
        }
    }

    private HttpResponse<String> subscribe(String recipient, String body) {
        return pipeline.call(recipient, "POST", "subscribe", body);
    }

    private String reportToken(PushDevice device) {
        String message = service.received(device).getFirst().text();
        return Json.mapper().readTree(message).at("/report").asString();
    }

    private HttpResponse<String> renew(PushDevice old, PushDevice next) {
        String body = "{\"old\":" + old.subscriptionJson() + ",\"subscription\":" + next.subscriptionJson() + "}";
        return pipeline.callWithoutToken("POST", "renew", body);
    }

    private HttpResponse<String> report(String token, String event) {
        return pipeline.callWithoutToken(
                "POST", "report", "{\"token\":\"%s\",\"event\":\"%s\"}".formatted(token, event));
    }

    private JsonNode listed(String recipient) {
        return json(pipeline.call(recipient, "GET", "subscriptions", null)).at("/subscriptions");
    }

    private static String with(PushDevice device, String more) {
        return device.subscriptionJson().replaceFirst("\\{", "{" + more + ",");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.mapper().readTree(answer.body());
    }

    private static String recipient() {
        return "r-" + UUID.randomUUID();
    }
}
