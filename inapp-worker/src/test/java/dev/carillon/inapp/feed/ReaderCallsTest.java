package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.InappWorker.Answer;
import dev.carillon.inapp.SseClient;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a reader, or an upstream service for her, does with notifications. */
@TestInstance(Lifecycle.PER_CLASS)
class ReaderCallsTest {
    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker =
            InappWorker.start(TestInfrastructure.freshDatabase(), prefix, "carillon.inapp.feed.instants=50ms");
    private final Storing store = Storing.in(worker);

    @AfterAll
    void stop() {
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void whateverMarksIsDoneByEachMethod(String method) throws InterruptedException {
        String ada = user();
        String id = stored(ada, 1);
        String ids = "{\"notification_ids\":[\"" + id + "\"]}";

        for (String call : List.of(id + "/seen", id + "/read", id + "/unread", "seen", "read-all", "mark-all-read")) {
            assertThat(worker.call(ada, method, call).status()).as(call).isEqualTo(200);
        }
        assertThat(worker.call(ada, method, "bulk-mark-read", ids).status()).isEqualTo(200);
        assertThat(worker.call(ada, "GET", id).json().get("is_read").asBoolean())
                .isTrue();
    }

    @Test
    void whatWasReadCanBeUnreadAgain() throws InterruptedException {
        String ada = user();
        String id = stored(ada, 1);
        worker.call(ada, "POST", id + "/read");

        assertThat(worker.call(ada, "PATCH", id + "/unread")
                        .json()
                        .get("is_read")
                        .asBoolean())
                .isFalse();
        assertThat(worker.call(ada, "POST", id + "/unread").status()).isEqualTo(200);

        assertThat(unread(ada)).isEqualTo(1);
    }

    @Test
    void archivingPutsAwayAndBack() throws InterruptedException {
        String ada = user();
        String id = stored(ada, 1);

        Answer archived = worker.call(ada, "POST", id + "/archive");
        Answer again = worker.call(ada, "POST", id + "/archive");

        assertThat(again.json().get("archived_at")).isEqualTo(archived.json().get("archived_at"));
        assertThat(activities(ada))
                .singleElement()
                .isInstanceOfSatisfying(
                        Activity.Archived.class,
                        told -> assertThat(told.notifications()).containsExactly(NotificationId.parse(id)));
        assertThat(titles(ada, "")).isEmpty();
        assertThat(unread(ada)).isZero();
        assertThat(titles(ada, "?status=archived")).hasSize(1);
        assertThat(worker.call(ada, "POST", id + "/unarchive")
                        .json()
                        .get("archived_at")
                        .isNull())
                .isTrue();
        assertThat(titles(ada, "")).hasSize(1);
    }

    @Test
    void whatWasSnoozedComesBackUnreadAndOnTop() throws InterruptedException {
        String ada = user();
        String id = stored(ada, 1);
        stored(ada, 2);
        worker.call(ada, "POST", id + "/read");
        Instant until = worker.now().plus(Duration.ofHours(30));

        Answer snoozed = worker.call(ada, "POST", id + "/snooze", "{\"until\":\"" + until + "\"}");

        assertThat(snoozed.status()).as(snoozed.json().toString()).isEqualTo(200);
        assertThat(titles(ada, "")).containsExactly("n2");
        assertThat(titles(ada, "?status=snoozed")).containsExactly("n1");
        try (SseClient client = SseClient.open(worker, ada, null).awaitConnected()) {
            worker.advance(Duration.ofHours(31));
            await().until(() -> titles(ada, "").size() == 2);
            assertThat(titles(ada, "")).containsExactly("n1", "n2");
            assertThat(unread(ada)).isEqualTo(2);
            assertThat(titles(
                            ada,
                            "?limit=1&cursor="
                                    + page(ada, "?limit=1").get("next_cursor").asString()))
                    .containsExactly("n2");
            assertThat(client.events("close"))
                    .extracting(close -> close.data().get("reason").asString())
                    .allMatch("token_expired"::equals);
        }
    }

    @Test
    void whatIsInTheArchiveIsNotWoken() throws InterruptedException {
        String ada = user();
        List<String> ids = List.of(stored(ada, 1), stored(ada, 2));
        Instant until = worker.now().plus(Duration.ofMinutes(30));
        for (String id : ids) {
            worker.call(ada, "POST", id + "/snooze", "{\"until\":\"" + until + "\"}");
        }
        JdbcClient.create(worker.bean(DataSource.class))
                .sql("update inapp.feed set archived_at = now() where id = :id")
                .param("id", UUID.fromString(ids.getFirst()))
                .update();

        worker.advance(Duration.ofMinutes(31));

        await().until(() -> titles(ada, "").contains("n2"));
        assertThat(titles(ada, "")).containsExactly("n2");
        assertThat(page(ada, "?status=archived").at("/notifications/0/woken_at").isNull())
                .isTrue();
    }

    @Test
    void whatExpiresLeavesListCountAndScreensAtItsInstant() throws InterruptedException {
        String ada = user();
        Instant end = worker.now().plus(Duration.ofMinutes(10));
        Delivery delivery = Deliveries.of(ada, ada, 1, 1, "n", Labels.none(), end);
        store.store(List.of(delivery));
        stored(ada, 2);
        try (SseClient screen = SseClient.open(worker, ada, null).awaitConnected()) {
            worker.advance(Duration.between(worker.now(), end.minusSeconds(60)));
            assertThat(titles(ada, "")).containsExactly("n2", "n");

            worker.advance(Duration.ofMinutes(1));

            assertThat(titles(ada, "")).containsExactly("n2");
            assertThat(unread(ada)).isEqualTo(1);
            assertThat(worker.call(ada, "POST", Deliveries.id(delivery) + "/read")
                            .status())
                    .isEqualTo(404);
            screen.await(client -> client.events("updated").stream()
                    .map(SseClient.Event::data)
                    .anyMatch(change -> change.path("expired").asBoolean(false)
                            && change.path("id").asString("").equals(Deliveries.id(delivery))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'until':'2020-01-01T00:00:00Z'} | 422 | until",
                "{'until':'2999-01-01T00:00:00Z'} | 422 | until",
                "{'until':'tomorrow'}             | 422 | until",
                "{'until':'2026-11-20T10:00:00'}  | 422 | until",
                "{'until':7}                      | 422 | until",
                "{}                               | 422 | until",
                "[]                               | 400 | ",
                "no json                          | 400 | "
            })
    void refusesTimesToSnoozeUntil(String body, int status, String field) throws InterruptedException {
        String ada = user();
        Answer answer = worker.call(ada, "POST", stored(ada, 1) + "/snooze", body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(status);
        if (field != null) {
            assertThat(answer.json().get("errors").get(0).get("field").asString())
                    .isEqualTo(field);
        }
    }

    @Test
    void bulkCallsIgnoreWhatIsUnknownOrSomebodyElses() throws InterruptedException {
        String ada = user();
        String bob = user();
        String mine = stored(ada, 1);
        String his = stored(bob, 1);
        String ids = "{\"notification_ids\":[\"%s\",\"%s\",\"%s\",\"%s\",\"nonsense\"]}"
                .formatted(mine, mine, his, UUID.randomUUID());

        assertThat(worker.call(ada, "PUT", "bulk-mark-read", ids)
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(worker.call(ada, "POST", "bulk-mark-read", ids)
                        .json()
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(worker.call(ada, "POST", "ack", ids).json().get("count").asInt())
                .isEqualTo(1);
        assertThat(worker.call(ada, "POST", "bulk-delete", ids)
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(worker.call(ada, "POST", "bulk-delete", ids)
                        .json()
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(unread(bob)).isEqualTo(1);
        assertThat(activities(ada))
                .extracting(activity -> activity.getClass().getSimpleName())
                .containsExactly("Read", "Dismissed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bulk-mark-read", "bulk-delete", "ack"})
    void refusesNoneAndTooManyIds(String call) {
        String many = IntStream.range(0, 1_001)
                .mapToObj(i -> "\"" + new UUID(0, i) + "\"")
                .collect(Collectors.joining(","));
        for (String ids : List.of("[]", "[" + many + "]", "[7]", "null", "\"x\"")) {
            Answer answer = worker.call("ada", "POST", call, "{\"notification_ids\":" + ids + "}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().get("errors").get(0).get("field").asString())
                    .isEqualTo("notification_ids");
        }
        assertThat(worker.call("ada", "POST", call, " ".repeat(70_000)).status())
                .isEqualTo(413);
        String thousand = IntStream.range(0, 1_000)
                .mapToObj(i -> "\"" + new UUID(0, i) + "\"")
                .collect(Collectors.joining(","));
        assertThat(worker.call("ada", "POST", call, "{\"notification_ids\":[" + thousand + "]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTimeseriesIsNotDismissible() throws InterruptedException {
        String ada = user();
        Delivery delivery = Deliveries.of(ada, ada, 1, 1, "n", labels(Mode.TIMESERIES, "cpu"), null);
        store.store(List.of(delivery));
        String id = Deliveries.id(delivery);

        Answer answer = worker.call(ada, "DELETE", id);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asString()).isEqualTo("notification is not dismissible");
        assertThat(worker.call(ada, "POST", "bulk-delete", "{\"notification_ids\":[\"" + id + "\"]}")
                        .json()
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(worker.call(ada, "DELETE", "group/cpu").json().get("count").asInt())
                .isZero();
        assertThat(titles(ada, "")).hasSize(1);
    }

    @Test
    void dismissesAGroupByEitherName() throws InterruptedException {
        String ada = user();
        store.store(List.of(
                Deliveries.of(ada, ada + 1, 1, 1, "plain", labels(Mode.QUEUED, "job-7"), null),
                Deliveries.of(ada, ada + 2, 2, 2, "slashes", labels(Mode.QUEUED, "job/7"), null),
                Deliveries.of(ada, ada + 3, 3, "other")));

        assertThat(worker.call(ada, "DELETE", "group/job-7").json().get("count").asInt())
                .isEqualTo(1);
        assertThat(worker.call(ada, "DELETE", "?group=job/7")
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(worker.call(ada, "DELETE", "/api/v1/notifications/?group=job/7")
                        .json()
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(worker.call(ada, "DELETE", "").status()).isEqualTo(400);
        assertThat(titles(ada, "")).containsExactly("other");
    }

    /** Two devices of hers, or two of whom each means something else. */
    @Test
    void ofTwoWhoPressAtTheSameTimeOneIsSecond() throws InterruptedException {
        String ada = user();
        int items = 10;
        for (int i = 0; i < items; i++) {
            String id = withButtons(ada, i);
            CyclicBarrier together = new CyclicBarrier(2);
            List<Integer> statuses = Stream.of("approve", "reject")
                    .map(action -> CompletableFuture.supplyAsync(
                            () -> {
                                meet(together);
                                return worker.call(ada, "POST", id + "/actions/" + action)
                                        .status();
                            },
                            task -> Thread.ofVirtual().start(task)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        }
        assertThat(activities(ada)).hasSize(items).allMatch(activity -> activity instanceof Activity.Acted);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("nobody else came", e);
        }
    }

    private String withButtons(String user, int number) throws InterruptedException {
        Content content = new Content(
                "n",
                null,
                null,
                null,
                List.of(
                        new Action("approve", "Approve", null),
                        new Action("reject", "Reject", null),
                        new Action("open", "Open", "/x")),
                null,
                List.of(),
                Map.of());
        Delivery delivery = Deliveries.with(Deliveries.of(user, user + number, number, "n"), content);
        store.store(List.of(delivery));
        return Deliveries.id(delivery);
    }

    @Test
    void aButtonIsPressedOnce() throws InterruptedException {
        String ada = user();
        String id = withButtons(ada, 1);

        assertThat(worker.call(ada, "POST", id + "/actions/open").status()).isEqualTo(404);
        assertThat(worker.call(ada, "POST", id + "/actions/other").status()).isEqualTo(404);
        Answer first = worker.call(ada, "POST", id + "/actions/approve");
        Answer again = worker.call(ada, "POST", id + "/actions/approve");
        Answer other = worker.call(ada, "POST", id + "/actions/reject");

        assertThat(first.json().get("acted").asString()).isEqualTo("approve");
        assertThat(again.json().get("acted_at")).isEqualTo(first.json().get("acted_at"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("code").asString()).isEqualTo("already_acted");
        assertThat(unread(ada)).isZero();
        assertThat(activities(ada))
                .hasSize(1)
                .first()
                .isEqualTo(new Activity.Acted(
                        new RecipientId(ada),
                        NotificationId.parse(id),
                        "approve",
                        ((Activity.Acted) activities(ada).getFirst()).at()));
        assertThat(worker.call(user(), "POST", id + "/actions/approve").status())
                .isEqualTo(404);
    }

    @Test
    void upstreamsDismissEvenWhatHasNotArrived() throws InterruptedException {
        String ada = user();
        Delivery late = Deliveries.of(ada, ada + "late", 1, "late");
        Delivery grouped = Deliveries.of(ada, ada + "g", 2, 2, "grouped", labels(Mode.QUEUED, "job"), null);
        Delivery afterwards = Deliveries.of(ada, ada + "h", 99, 99, "afterwards", labels(Mode.QUEUED, "job"), null);
        RecipientId recipient = new RecipientId(ada);
        command(ada, new Command.Dismiss(recipient, late.notification().id(), worker.now()));
        command(ada, new Command.DismissGroup(recipient, "job", Deliveries.ACCEPTED.plusSeconds(50)));
        String marker = stored(ada, 7);
        try (SseClient screen = SseClient.open(worker, ada, null).awaitConnected()) {
            command(ada, new Command.Dismiss(recipient, NotificationId.parse(marker), worker.now()));
            screen.await(client -> client.events("updated").stream()
                    .map(SseClient.Event::data)
                    .anyMatch(change -> change.path("dismissed").asBoolean(false)
                            && change.path("id").asString("").equals(marker)));
        }
        assertThat(titles(ada, "")).isEmpty();

        store.store(List.of(late, grouped));
        assertThat(titles(ada, "")).isEmpty();
        store.store(List.of(afterwards));
        assertThat(titles(ada, "")).containsExactly("afterwards");
        assertThat(activities(ada)).hasSize(3);
    }

    @Test
    void whatWasOpenedFromAPushIsReadOnEveryScreen() throws InterruptedException {
        String ada = user();
        String id = stored(ada, 1);
        stored(ada, 2);
        try (SseClient screen = SseClient.open(worker, ada, null).awaitConnected()) {
            Activity click =
                    new Activity.Clicked(new RecipientId(ada), NotificationId.parse(id), Channel.PUSH, worker.now());
            probe.send(topics.activity().name(), null, ada, Json.write(click));

            screen.await(client -> client.events("updated").stream()
                    .anyMatch(event -> event.data().path("is_read").asBoolean(false)));
        }
        assertThat(unread(ada)).isEqualTo(1);
        assertThat(activities(ada)).singleElement().isInstanceOf(Activity.Clicked.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"null", "{}", "["})
    void aRecordThatIsNoCommandStopsNoneBehindIt(@Nullable String poison) throws InterruptedException {
        String ada = user();
        String id = stored(ada, 1);

        probe.send(
                topics.commands().name(), null, ada, poison == null ? null : poison.getBytes(StandardCharsets.UTF_8));
        command(ada, new Command.Dismiss(new RecipientId(ada), NotificationId.parse(id), worker.now()));

        await().until(() -> titles(ada, "").isEmpty());
    }

    private void command(String key, Command command) {
        probe.send(topics.commands().name(), null, key, Json.write(command));
    }

    private String stored(String user, int number) throws InterruptedException {
        Delivery delivery = Deliveries.of(user, user + number, number, "n" + number);
        store.store(List.of(delivery));
        return Deliveries.id(delivery);
    }

    private static Labels labels(Mode mode, String group) {
        return new Labels(null, null, null, mode, group, null);
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private int unread(String user) {
        return worker.call(user, "GET", "unread-count").json().get("count").asInt();
    }

    private JsonNode page(String user, String query) {
        return worker.call(user, "GET", query).json();
    }

    private List<String> titles(String user, String query) {
        return page(user, query)
                .get("notifications")
                .valueStream()
                .map(item -> item.get("title").asString())
                .toList();
    }

    private List<Activity> activities(String user) {
        return probe.readAll(prefix + "activity").stream()
                .map(record -> Json.read(record.value(), Activity.class))
                .filter(activity -> activity.recipient().value().equals(user))
                .toList();
    }
}
