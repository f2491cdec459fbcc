package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.CancelEvent;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Recurring events, nested audiences and cancelling, with two replicas on one database. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasTest {
    private static final Duration WAIT = Duration.ofMinutes(1);

    private RunningIngest one;
    private RunningIngest two;
    private TopicProbe topics;
    private TestDatabase owner;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        Map<String, String> settings = Map.of(
                "carillon.ingest.schedule.poll", "50ms",
                "carillon.ingest.audience.refresh", "100ms",
                "carillon.ingest.api-key.refresh", "100ms");
        String prefix = TestInfrastructure.freshTopicPrefix();
        one = RunningIngest.start(database, prefix, settings);
        two = RunningIngest.start(database, prefix, settings);
        topics = probe;
        owner = database;
    }

    @AfterAll
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void firesEachOccurrenceOnceHoweverManyLook() {
        LocalDateTime start = clock(one).truncatedTo(ChronoUnit.SECONDS).plusHours(1);
        Api.Answer made = one.api().post("/api/v1/schedules", schedule("hourly", "FREQ=HOURLY;COUNT=3", start, "UTC"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.text("next_at"))
                .isEqualTo(start.toInstant(ZoneOffset.UTC).toString());
        String id = made.text("id");

        advanceBoth(Duration.ofHours(1));
        awaitEvents(id, 1);
        advanceBoth(Duration.ofHours(4));
        List<Event> events = awaitEvents(id, 2);

        assertThat(events.stream().map(Event::id))
                .containsExactlyInAnyOrder(id + "@" + start, id + "@" + start.plusHours(2));
        assertThat(events.getFirst().uid()).isEqualTo(EventUid.of("bootstrap", id + "@" + start));
        // The event is sent before that is written down.
        Api.Answer ended = await().atMost(WAIT)
                .until(
                        () -> two.api().get("/api/v1/schedules/" + id),
                        answer -> answer.text("state").equals("ended"));
        assertThat(List.of(ended.text("state"), ended.text("fired"), ended.text("next_at")))
                .containsExactly("ended", "2", "");
        assertThat(one.accepted("schedule") + two.accepted("schedule")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void letsAPausedScheduleMissItsOccurrences() {
        LocalDateTime start = clock(one).truncatedTo(ChronoUnit.SECONDS).plusHours(1);
        String id = one.api()
                .post("/api/v1/schedules", schedule("paused", "FREQ=HOURLY", start, "UTC"))
                .text("id");
        assertThat(two.api().post("/api/v1/schedules/" + id + "/pause", "").text("state"))
                .isEqualTo("paused");
        advanceBoth(Duration.ofHours(5));

        Api.Answer resumed = one.api().post("/api/v1/schedules/" + id + "/resume", "");

        assertThat(resumed.text("state")).isEqualTo("active");
        assertThat(Instant.parse(resumed.text("next_at"))).isAfter(clock(one).toInstant(ZoneOffset.UTC));
        assertThat(resumed.text("fired")).isEqualTo("0");
        assertThat(one.api().delete("/api/v1/schedules/" + id).status()).isEqualTo(204);
        assertThat(two.api().get("/api/v1/schedules/" + id).status()).isEqualTo(404);
    }

    /** The tz database is the JVM's, and a newer one has no place for names that an older one had. */
    @Test
    void pausesAScheduleWhoseZoneIsGoneAndFiresTheOthers() throws SQLException {
        LocalDateTime start = clock(one).truncatedTo(ChronoUnit.HOURS).plusHours(1);
        String gone = one.api()
                .post("/api/v1/schedules", schedule("gone", "FREQ=HOURLY", start.minusMinutes(1), "UTC"))
                .text("id");
        String other = one.api()
                .post("/api/v1/schedules", schedule("other", "FREQ=HOURLY;COUNT=1", start, "UTC"))
                .text("id");
        try (Connection connection = owner.connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE ingest.schedule SET time_zone = ? WHERE id = ?::uuid")) {
            update.setString(1, "Mars/Base");
            update.setString(2, gone);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }

        advanceBoth(Duration.ofHours(1));

        awaitEvents(other, 1);
        await().atMost(WAIT)
                .until(() -> two.api().get("/api/v1/schedules/" + gone).text("state"), "paused"::equals);
        Api.Answer paused = two.api().get("/api/v1/schedules/" + gone);
        assertThat(paused.text("last_error")).contains("Mars/Base");
        assertThat(List.of(paused.text("time_zone"), paused.text("next_at"), paused.text("fired")))
                .containsExactly("Mars/Base", "", "0");
        assertThat(one.api().get("/api/v1/schedules?limit=1000").toString()).contains(gone, other);
        Api.Answer resumed = one.api().post("/api/v1/schedules/" + gone + "/resume", "");
        assertThat(resumed.status()).as(resumed.toString()).isEqualTo(409);
        assertThat(resumed.toString()).contains("unknown_time_zone", "Mars/Base");
        assertThat(one.api().delete("/api/v1/schedules/" + gone).status()).isEqualTo(204);
    }

    @Test
    void sendsInRecipientsZonesAsSoonAsTheFirstDayBegins() {
        LocalDateTime start =
                clock(one).truncatedTo(ChronoUnit.DAYS).plusDays(2).withHour(9);
        String body = schedule("everywhere", "FREQ=DAILY;COUNT=1", start, null);
        String id = one.api().post("/api/v1/schedules", body).text("id");
        assertThat(one.api().post("/api/v1/schedules", body).status()).isEqualTo(200);

        advanceBoth(Duration.between(clock(one), start.minusHours(14)).plusSeconds(1));

        assertThat(awaitEvents(id, 1).getFirst().deliverAtLocal()).isEqualTo(start);
    }

    @Test
    void refusesASchedule() {
        LocalDateTime start = clock(one);
        assertThat(errors("{}")).containsExactlyInAnyOrder("event required", "rrule required", "start required");
        assertThat(errors(schedule("x", "FREQ=MINUTELY", start, "UTC"))).containsExactly("rrule format");
        assertThat(errors(schedule("x", "FREQ=DAILY;COUNT=1", start.minusDays(3), "UTC")))
                .containsExactly("rrule range");
        assertThat(errors(schedule("x", "FREQ=DAILY", start, "Mars/Base"))).containsExactly("time_zone format");
        for (LocalDateTime far :
                List.of(LocalDateTime.of(1, 1, 1, 0, 0), start.minusYears(10).minusDays(1), start.plusDays(368))) {
            assertThat(errors(schedule("x", "FREQ=HOURLY", far, "UTC"))).containsExactly("start range");
        }
        String densest = "FREQ=HOURLY;BYMINUTE="
                + IntStream.range(0, 60).mapToObj(String::valueOf).collect(Collectors.joining(","));
        Api.Answer dense = one.api()
                .post(
                        "/api/v1/schedules",
                        schedule("dense", densest, start.minusYears(10).plusDays(1), "UTC"));
        assertThat(dense.status()).as(dense.toString()).isEqualTo(201);
        one.api().delete("/api/v1/schedules/" + dense.text("id"));
        assertThat(errors("{\"rrule\":\"FREQ=DAILY\",\"start\":\"2026-12-01T09:00\",\"event\":"
                        + "{\"title\":\"t\",\"recipients\":[\"no spaces\"],\"deliver_at\":\"2099-01-01T00:00:00Z\"}}"))
                .containsExactlyInAnyOrder(
                        "event.deliver_at not_allowed", "event.deliver_at range", "event.recipients[0] format");
        one.api().post("/api/v1/schedules", schedule("taken", "FREQ=DAILY", start, "UTC"));
        assertThat(one.api()
                        .post("/api/v1/schedules", schedule("taken", "FREQ=WEEKLY", start, "UTC"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aKeyThatIsRevokedAtOneReplicaIsRefusedByTheOtherToo() {
        Api.Answer made = one.api().post("/api/v1/ops/api-keys", "{\"name\":\"leaked\",\"scopes\":[\"publish\"]}");
        Api here = one.api().withToken(made.text("token"));
        Api there = two.api().withToken(made.text("token"));
        String event = "{\"title\":\"t\",\"recipients\":[\"ada\"]}";
        await().atMost(WAIT).until(() -> there.post("/api/v1/events", event).status() == 202);

        assertThat(one.api().delete("/api/v1/ops/api-keys/" + made.text("id")).status())
                .isEqualTo(204);

        assertThat(here.post("/api/v1/events", event).status()).isEqualTo(401);
        await().atMost(WAIT).until(() -> there.post("/api/v1/events", event).status() == 401);
    }

    @Test
    void showsABoundKeyOnlyItsOwnSchedules() {
        Api bound = one.apiWith("billing", "[\"publish\"]", "[\"billing\"]");
        String foreign = one.api()
                .post("/api/v1/schedules", schedule("foreign", "FREQ=DAILY", clock(one), "UTC"))
                .text("id");

        assertThat(bound.get("/api/v1/schedules/" + foreign).status()).isEqualTo(404);
        assertThat(bound.post("/api/v1/schedules/" + foreign + "/pause", "").status())
                .isEqualTo(404);
        assertThat(bound.delete("/api/v1/schedules/" + foreign).status()).isEqualTo(204);
        assertThat(bound.get("/api/v1/schedules").json().get("schedules").isEmpty())
                .isTrue();
        assertThat(one.api().get("/api/v1/schedules/" + foreign).status()).isEqualTo(200);
    }

    @Test
    void resolvesNestedAudiencesWhenAnEventIsAccepted() {
        nest("company", "sales", 200);
        nest("company", "tech", 200);
        nest("tech", "platform", 200);
        nest("left-out", "contractors", 200);

        Targets targets =
                targets(one, "{\"title\":\"t\",\"audiences\":[\"company\"],\"exclude\":[\"audience:left-out\"]}");

        assertThat(names(targets.audiences())).containsExactlyInAnyOrder("company", "sales", "tech", "platform");
        assertThat(names(targets.excludeAudiences())).containsExactlyInAnyOrder("left-out", "contractors");
        assertThat(targets.nesting())
                .contains(new Nesting(new AudienceId("platform"), List.of(new AudienceId("tech"))))
                .hasSize(3);
        assertThat(one.api().delete("/api/v1/audiences/company/audiences/tech").status())
                .isEqualTo(204);
        assertThat(one.api()
                        .get("/api/v1/audiences/company/audiences")
                        .json()
                        .get("audiences")
                        .size())
                .isEqualTo(1);
        assertThat(names(targets(one, "{\"title\":\"t\",\"audiences\":[\"company\"]}")
                        .audiences()))
                .containsExactlyInAnyOrder("company", "sales");
        assertThat(one.api()
                        .put("/api/v1/audiences/company/audiences", "{\"audiences\":[\"platform\"]}")
                        .text("added"))
                .isEqualTo("1");
        assertThat(names(targets(one, "{\"title\":\"t\",\"audiences\":[\"company\"]}")
                        .audiences()))
                .containsExactlyInAnyOrder("company", "platform");
    }

    @Test
    void refusesAnAudienceThatWouldContainItself() {
        nest("a", "b", 200);
        nest("b", "c", 200);

        Api.Answer cycle = nest("c", "a", 422);

        assertThat(cycle.errors()).containsExactly("nested cycle");
        assertThat(cycle.toString()).contains("c > a > b > c");
        assertThat(nest("a", "a", 422).errors()).containsExactly("nested cycle");
        for (int level = 0; level < 10; level++) {
            nest("level" + level, "level" + (level + 1), 200);
        }
        assertThat(nest("level10", "level11", 422).errors()).containsExactly("nested max_depth");
    }

    /** Two changes that close a cycle only together: one of them has to see the other. */
    @Test
    void refusesOneOfTwoChangesThatCloseACycleTogether() {
        for (int round = 0; round < 10; round++) {
            String left = "left" + round;
            String right = "right" + round;
            List<Integer> answers = Stream.of(
                            () -> put(one, left, right), (java.util.function.IntSupplier) () -> put(two, right, left))
                    .parallel()
                    .map(java.util.function.IntSupplier::getAsInt)
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(200, 422);
        }
    }

    @Test
    void tellsEveryPartitionOfACancelAndTheWorkers() {
        EventUid uid = EventUid.of("billing", "inv-7");

        assertThat(one.api().delete("/api/v1/events/" + uid).status()).isEqualTo(202);

        for (String lane : List.of("intake", "intake.bulk")) {
            List<ConsumerRecord<byte[], byte[]>> records = cancels(lane, uid);
            assertThat(records.stream().map(ConsumerRecord::partition)).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
        assertThat(controls(uid))
                .hasSize(1)
                .allSatisfy(cancel -> assertThat(cancel.recipients()).isEmpty());
    }

    @Test
    void cancelsForSomeOnlyWhereTheyAre() {
        EventUid uid = EventUid.of("billing", "inv-8");

        Api.Answer answer = one.api().post("/api/v1/events/" + uid + "/cancel", "{\"recipients\":[\"ada\"]}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(cancels("intake", uid)).hasSize(1);
        assertThat(controls(uid).getFirst().recipients()).hasSize(1);
        assertThat(one.api()
                        .delete("/api/v1/events/" + uid + "?recipient=no%20spaces")
                        .errors())
                .containsExactly("recipient format");
        assertThat(one.api().delete("/api/v1/events/inv-8").errors()).containsExactly("uid format");
    }

    @Test
    void letsABoundKeyCancelWhatItProvesToBeItsOwn() {
        Api bound = one.apiWith("shop", "[\"publish\"]", "[\"shop\"]");
        EventUid own = EventUid.of("shop", "order-1");
        EventUid foreign = EventUid.of("billing", "inv-9");

        assertThat(bound.delete("/api/v1/events/" + own).errors()).containsExactly("source required");
        assertThat(bound.delete("/api/v1/events/" + own + "?source=shop&id=order-1")
                        .status())
                .isEqualTo(202);
        assertThat(bound.delete("/api/v1/events/" + foreign + "?source=shop&id=order-1")
                        .errors())
                .containsExactly("id mismatch");
        assertThat(bound.delete("/api/v1/events/" + foreign + "?source=billing&id=inv-9")
                        .status())
                .isEqualTo(403);
        assertThat(one.apiWith("reader", "[\"manage\"]", "[]")
                        .delete("/api/v1/events/" + own)
                        .status())
                .isEqualTo(403);
    }

    private static LocalDateTime clock(RunningIngest ingest) {
        return LocalDateTime.ofInstant(ingest.bean(PipelineClock.class).instant(), ZoneOffset.UTC);
    }

    private void advanceBoth(Duration step) {
        one.bean(PipelineClock.class).advance(step);
        two.bean(PipelineClock.class).advance(step);
    }

    private static String schedule(String name, String rule, LocalDateTime start, @Nullable String zone) {
        return "{\"name\":\"%s\",\"rrule\":\"%s\",\"start\":\"%s\"%s,\"event\":{\"title\":\"Again\",\"recipients\":[\"ada\"]}}"
                .formatted(
                        name,
                        rule,
                        start.truncatedTo(ChronoUnit.SECONDS),
                        zone == null ? "" : ",\"time_zone\":\"" + zone + "\"");
    }

    private List<String> errors(String schedule) {
        Api.Answer answer = one.api().post("/api/v1/schedules", schedule);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        return answer.errors();
    }

    /** The events of a schedule, once there are as many; and no more of them than that. */
    private List<Event> awaitEvents(String schedule, int count) {
        topics.readUntil(
                one.topic("intake"), WAIT, records -> events(schedule, records).size() >= count);
        List<Event> all = events(schedule, topics.readAll(one.topic("intake")));
        assertThat(all).hasSize(count);
        return all;
    }

    private static List<Event> events(String schedule, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Json.read(record.value(), IntakeRecord.class))
                .filter(RouteEvent.class::isInstance)
                .map(record -> ((RouteEvent) record).event())
                .filter(event -> event.id().startsWith(schedule))
                .toList();
    }

    private Targets targets(RunningIngest ingest, String event) {
        String uid = ingest.api().post("/api/v1/events", event).text("uid");
        return topics.readAll(ingest.topic("intake")).stream()
                .map(record -> Json.read(record.value(), IntakeRecord.class))
                .filter(record -> record instanceof RouteEvent route
                        && route.event().uid().toString().equals(uid))
                .map(record -> ((RouteEvent) record).targets())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(List<AudienceId> audiences) {
        return audiences.stream().map(AudienceId::value).collect(Collectors.toList());
    }

    private Api.Answer nest(String audience, String nested, int status) {
        Api.Answer answer = one.api().put("/api/v1/audiences/" + audience + "/audiences/" + nested, "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer;
    }

    private static int put(RunningIngest ingest, String audience, String nested) {
        return ingest.api()
                .put("/api/v1/audiences/" + audience + "/audiences/" + nested, "")
                .status();
    }

    private List<ConsumerRecord<byte[], byte[]>> cancels(String topic, EventUid uid) {
        return topics.readAll(one.topic(topic)).stream()
                .filter(record -> Json.read(record.value(), IntakeRecord.class) instanceof CancelEvent cancel
                        && cancel.event().equals(uid))
                .toList();
    }

    private List<Control.Cancel> controls(EventUid uid) {
        return topics.readAll(one.topic("controls")).stream()
                .map(record -> (Control.Cancel) Json.read(record.value(), Control.class))
                .filter(cancel -> cancel.event().equals(uid))
                .toList();
    }
}
