package dev.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.PushReply;
import dev.carillon.testsupport.webpush.TestPushService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushWorkerTest {
    private static final Duration FIRST_TIER = Duration.ofMinutes(10);

    private PushPipeline pipeline;
    private TestPushService service;

    @BeforeAll
    void start(TestDatabase database) {
        pipeline = PushPipeline.start(database, Map.of());
    }

    /** An origin of its own for every test, so that the trouble of one is not remembered in the next. */
    @BeforeEach
    void startService() {
        service = TestPushService.plain(pipeline.clock());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    @Test
    void reachesEveryDeviceOfARecipient() {
        String ada = recipient();
        PushDevice phone = subscribed(ada);
        PushDevice laptop = subscribed(ada);

        Delivery delivery = pipeline.deliver(ada, "both");

        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.SENT);
        assertThat(List.of(phone, laptop)).allSatisfy(device -> {
            assertThat(service.received(device)).hasSize(1);
            assertThat(service.received(device).getFirst().text())
                    .contains("\"title\":\"Title both\"", "\"body\":\"Body both\"");
        });
        assertThat(service.complaints()).isEmpty();
    }

    @Test
    void tellsTheServiceWorkerAndThePushServiceWhatTheyNeed() {
        String ada = recipient();
        PushDevice phone = subscribed(ada);
        Labels labels = new Labels(null, null, Priority.URGENT, Mode.QUEUED, "invoice-1", null);
        Content content = new Content(
                "Paid",
                null,
                "All of it",
                "/invoices/1",
                List.of(new Action("open", "Open", "/invoices/1")),
                "https://example.org/a.png",
                List.of(),
                Map.of());

        Delivery delivery = pipeline.deliver(PushPipeline.delivery(ada, "full", labels, content));

        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.SENT);
        var push = service.received(phone).getFirst();
        assertThat(push.text())
                .isEqualTo(("{\"id\":\"%s\",\"title\":\"Paid\",\"body\":\"All of it\",\"url\":\"/invoices/1\","
                                + "\"tag\":\"invoice-1\",\"image\":\"https://example.org/a.png\","
                                + "\"actions\":[{\"action\":\"open\",\"title\":\"Open\",\"url\":\"/invoices/1\"}],"
                                + "\"renotify\":true,\"silent\":false,\"timestamp\":%d,\"report\":\"%s\"}")
                        .formatted(
                                delivery.notification().id(),
                                delivery.notification().createdAt().toEpochMilli(),
                                Json.mapper()
                                        .readTree(push.text())
                                        .at("/report")
                                        .asString()));
        assertThat(push.headers())
                .containsEntry("urgency", "high")
                .containsEntry("ttl", Long.toString(Duration.ofDays(7).toSeconds()))
                .hasEntrySatisfying("topic", topic -> assertThat(topic).matches("[A-Za-z0-9_-]{32}"));
        assertThat(push.vapidSubject()).isEqualTo("mailto:ops@example.org");
    }

    @Test
    void aRecipientWithoutADeviceIsSkippedAndTheRouterHearsIt() {
        String nobody = recipient();

        var outcome = pipeline.outcome(pipeline.deliver(nobody, "nobody"));

        assertThat(outcome.state()).isEqualTo(OutcomeState.SKIPPED);
        assertThat(outcome.reason()).isEqualTo(Reason.NO_SUBSCRIPTION);
        assertThat(pipeline.reachability(nobody)).containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void forgetsASubscriptionThatItsPushServiceKnowsNoMore(int status) {
        String ada = recipient();
        PushDevice phone = subscribed(ada);
        service.script(phone, PushReply.status(status));

        Delivery first = pipeline.deliver(ada, "gone");

        var outcome = pipeline.outcome(first);
        assertThat(outcome.state()).isEqualTo(OutcomeState.SKIPPED);
        assertThat(outcome.reason()).isEqualTo(Reason.ADDRESS_GONE);
        assertThat(pipeline.outcome(pipeline.deliver(ada, "after")).reason()).isEqualTo(Reason.NO_SUBSCRIPTION);
        assertThat(pipeline.reachability(ada)).containsExactly(true, false, false);
    }

    @Test
    void oneDeadDeviceDoesNotSpoilTheOthers() {
        String ada = recipient();
        PushDevice dead = subscribed(ada);
        PushDevice alive = subscribed(ada);
        service.script(dead, PushReply.status(410));

        assertThat(pipeline.outcome(pipeline.deliver(ada, "one")).state()).isEqualTo(OutcomeState.SENT);
        assertThat(pipeline.outcome(pipeline.deliver(ada, "two")).state()).isEqualTo(OutcomeState.SENT);

        assertThat(service.received(dead)).hasSize(1);
        assertThat(service.received(alive)).hasSize(2);
        assertThat(pipeline.reachability(ada)).containsExactly(true, true);
    }

    @ParameterizedTest
    @CsvSource({"400,REJECTED", "401,AUTHENTICATION_FAILED", "403,AUTHENTICATION_FAILED"})
    void aRefusalEndsAmongTheDeadLettersWithThePushServicesWords(int status, Reason reason) {
        String ada = recipient();
        PushDevice phone = subscribed(ada);
        service.script(phone, PushReply.status(status, "because " + status));

        var outcome = pipeline.outcome(pipeline.deliver(ada, "refused" + status));

        assertThat(outcome.state()).isEqualTo(OutcomeState.DEAD);
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(pipeline.deadLetters(ada))
                .filteredOn(letter -> letter.detail().contains("because " + status))
                .singleElement()
                .extracting(DeadLetter::reason)
                .isEqualTo(reason.code());
        assertThat(service.received(phone)).hasSize(1);
    }

    @Test
    void aMessageThatIsTooLongIsShortenedAndTriedOnce() {
        String ada = recipient();
        PushDevice phone = subscribed(ada);
        service.script(phone, PushReply.status(413));

        Delivery delivery = pipeline.deliver(
                PushPipeline.delivery(ada, "long", Labels.none(), Content.of("Title", "é".repeat(10_000))));

        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.SENT);
        assertThat(service.received(phone))
                .hasSize(2)
                .allSatisfy(push -> assertThat(push.text()).contains("é…\""));
        assertThat(service.received(phone).getFirst().encryptedBytes()).isBetween(4_090, 4_096);
        assertThat(service.received(phone).getLast().encryptedBytes()).isLessThan(2_200);
    }

    @Test
    void aRetryGoesOnlyToTheDevicesThatHaveNotAccepted() {
        String ada = recipient();
        PushDevice good = subscribed(ada);
        PushDevice shaky = subscribed(ada);
        service.script(shaky, PushReply.status(500));

        Delivery delivery = pipeline.deliver(ada, "again");

        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.RETRYING);
        pipeline.advance(FIRST_TIER);
        assertThat(pipeline.outcome(delivery, 2).state()).isEqualTo(OutcomeState.SENT);
        assertThat(service.received(good)).hasSize(1);
        assertThat(service.received(shaky)).hasSize(2);
    }

    @Test
    void aRetryIsNotMadeOnceANewerOneOfItsGroupHasCome() {
        String ada = recipient();
        PushDevice phone = subscribed(ada);
        PushDevice laptop = subscribed(ada);
        service.script(phone, PushReply.status(500), PushReply.status(500));
        service.script(laptop, PushReply.status(500));

        Delivery first = pipeline.deliver(PushPipeline.delivery(ada, "step 1", group("build"), Content.of("1", null)));
        assertThat(pipeline.outcome(first).state()).isEqualTo(OutcomeState.RETRYING);
        Delivery second = pipeline.deliver(PushPipeline.delivery(ada, "step 2", group("build"), Content.of("2", null)));
        Delivery other = pipeline.deliver(PushPipeline.delivery(ada, "other", group("other"), Content.of("3", null)));
        assertThat(pipeline.outcome(second).state()).isEqualTo(OutcomeState.RETRYING);
        assertThat(pipeline.outcome(other).state()).isEqualTo(OutcomeState.SENT);
        pipeline.advance(FIRST_TIER);

        var superseded = pipeline.outcome(first, 2);
        assertThat(superseded.state()).isEqualTo(OutcomeState.SKIPPED);
        assertThat(superseded.reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(pipeline.outcome(second, 2).state()).isEqualTo(OutcomeState.SENT);
        assertThat(service.received(phone).getLast().text()).contains("\"title\":\"2\"");
        assertThat(service.received(laptop).stream()
                        .filter(push -> String.valueOf(push.text()).contains("\"title\":\"1\"")))
                .hasSize(1);
    }

    @Test
    void othersGoOnWhileOneRecipientWaitsInItsTier() {
        String ada = recipient();
        String bob = recipient();
        service.script(subscribed(ada), PushReply.status(500));
        PushDevice bobs = subscribed(bob);

        Delivery failing = pipeline.deliver(ada, "waits");
        Delivery other = pipeline.deliver(bob, "goes on");

        assertThat(pipeline.outcome(other).state()).isEqualTo(OutcomeState.SENT);
        assertThat(service.received(bobs)).hasSize(1);
        var waiting = pipeline.outcome(failing);
        assertThat(waiting.state()).isEqualTo(OutcomeState.RETRYING);
        assertThat(waiting.reason()).isEqualTo(Reason.PROVIDER_BUSY);
        pipeline.advance(FIRST_TIER);
        assertThat(pipeline.outcome(failing, 2).state()).isEqualTo(OutcomeState.SENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aPushServiceThatAsksForTimeGetsItForAllOfItsDevices(int status) {
        try (TestPushService busy = TestPushService.plain(pipeline.clock())) {
            String ada = recipient();
            String bob = recipient();
            PushDevice adas = busy.device();
            PushDevice bobs = busy.device();
            pipeline.subscribe(ada, adas);
            pipeline.subscribe(bob, bobs);
            busy.script(adas, PushReply.retryAfter(status, "900"));

            Instant earliest = soon(Duration.ofSeconds(890));
            Delivery first = pipeline.deliver(ada, "busy");
            assertThat(pipeline.outcome(first).until()).isAfter(earliest);
            Delivery second = pipeline.deliver(bob, "left alone");

            assertThat(pipeline.outcome(second).state()).isEqualTo(OutcomeState.RETRYING);
            assertThat(busy.received(bobs)).isEmpty();
            pipeline.advance(Duration.ofSeconds(901));
            assertThat(pipeline.outcome(first, 2).state()).isEqualTo(OutcomeState.SENT);
            assertThat(pipeline.outcome(second, 2).state()).isEqualTo(OutcomeState.SENT);
        }
    }

    @Test
    void aPushServiceThatStallsHoldsUpNobodyElse() {
        try (TestPushService stalled = TestPushService.plain(pipeline.clock())) {
            stalled.otherwise(path -> new PushReply.Stall());
            String ada = recipient();
            pipeline.subscribe(ada, stalled.device());
            String bob = recipient();
            subscribed(bob);

            Delivery waiting = pipeline.deliver(ada, "stalled");
            Delivery other = pipeline.deliver(bob, "not stalled");

            assertThat(pipeline.outcome(other).state()).isEqualTo(OutcomeState.SENT);
            assertThat(pipeline.outcome(waiting).state()).isEqualTo(OutcomeState.RETRYING);
            stalled.otherwise(path -> PushReply.created());
            pipeline.advance(FIRST_TIER);
            assertThat(pipeline.outcome(waiting, 2).state()).isEqualTo(OutcomeState.SENT);
        }
    }

    @Test
    void aBrokenConnectionIsTriedAgainUntilTheTiersAreUsedUp() {
        String ada = recipient();
        PushDevice phone = subscribed(ada);
        service.script(phone, new PushReply.Reset(), new PushReply.Reset(), new PushReply.Reset());

        Delivery delivery = pipeline.deliver(ada, "broken");

        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.RETRYING);
        pipeline.advance(FIRST_TIER);
        assertThat(pipeline.outcome(delivery, 2).state()).isEqualTo(OutcomeState.RETRYING);
        pipeline.advance(Duration.ofMinutes(30));
        var last = pipeline.outcome(delivery, 3);
        assertThat(last.state()).isEqualTo(OutcomeState.DEAD);
        assertThat(last.reason()).isEqualTo(Reason.ATTEMPTS_EXHAUSTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"channel\":\"email\"}", "{\"channel\":\"push\",\"id\":7}"})
    void aPoisonRecordEndsAmongTheDeadLettersAndStopsNobody(String poison) {
        String ada = recipient();
        PushDevice phone = subscribed(ada);

        pipeline.send(new RecipientId(ada), poison.getBytes(StandardCharsets.UTF_8));
        Delivery delivery = pipeline.deliver(ada, "after poison");

        assertThat(pipeline.deadLetters(ada).getLast().reason()).isNotEmpty();
        assertThat(pipeline.outcome(delivery).state()).isEqualTo(OutcomeState.SENT);
        assertThat(service.received(phone)).hasSize(1);
    }

    private PushDevice subscribed(String recipient) {
        PushDevice device = service.device();
        pipeline.subscribe(recipient, device);
        return device;
    }

    private static Labels group(String group) {
        return new Labels(null, null, null, Mode.QUEUED, group, null);
    }

    private static String recipient() {
        return "r-" + UUID.randomUUID();
    }

    private Instant soon(Duration in) {
        return pipeline.clock().instant().plus(in);
    }
}
