package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.SseClient;
import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.LiveMessage;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is about a subject that is gone, or of a group that its upstream dismissed, was accepted before, and comes then. */
@TestInstance(Lifecycle.PER_CLASS)
class GoneSubjectsTest {
    /** When subjects go, in seconds after the first delivery was accepted. */
    private static final int GONE = 50;

    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker =
            InappWorker.start(TestInfrastructure.freshDatabase(), prefix, "carillon.inapp.feed.instants=50ms");
    private final Storing store = Storing.in(worker);
    private final GoneSubjects gone = worker.bean(GoneSubjects.class);
    private final JdbcClient database = JdbcClient.create(worker.bean(DataSource.class));

    @AfterAll
    void stop() {
        worker.close();
    }

    @Test
    void isNeitherStoredNorShownAndIsDismissedEverywhereElse() {
        String ada = user();
        Delivery before = about(ada, GONE, "team");
        Command command = new Command.SubjectGone("team", ada, at(GONE));
        probe.send(topics.commands().name(), null, "team:" + ada, Json.write(command));
        await().until(() -> !gone.among(Set.of(new SubjectKey("team", ada))).isEmpty());

        Deliveries.route(probe, topics, before);
        Deliveries.route(probe, topics, about(ada, GONE + 1, "team"));

        await().until(() -> !shown(ada).isEmpty() && !activities(ada).isEmpty());
        assertThat(shown(ada)).containsExactly("51");
        assertThat(titles(ada)).containsExactly("51");
        assertThat(stored(ada)).isEqualTo(1);
        assertThat(activities(ada)).containsExactly(dismissed(ada, before));
    }

    @Test
    void whatIsAboutItLeavesEveryFeedAndScreen() throws InterruptedException {
        String ada = user();
        String bob = user();
        Content about = content("n", new Subject("team", ada, "A", null));
        try (SseClient screen = SseClient.open(worker, bob, null).awaitConnected()) {
            store.store(List.of(
                    Deliveries.with(Deliveries.of(ada, ada, 1, "n"), about),
                    Deliveries.with(Deliveries.of(bob, bob, 1, "n"), about),
                    Deliveries.of(bob, bob + 2, 2, "other")));

            Command command = new Command.SubjectGone("team", ada, worker.now());
            probe.send(topics.commands().name(), null, ada, Json.write(command));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> titles(ada).isEmpty() && titles(bob).size() == 1);
            screen.await(client -> client.events("updated").stream()
                    .anyMatch(event -> event.data().path("dismissed").asBoolean(false)));
        }
    }

    @Test
    void ofADismissedGroupIsNotShownAndIsDismissedEverywhereElse() throws InterruptedException {
        String ada = user();
        worker.bean(DismissNotifications.class).groupInAdvance(new RecipientId(ada), "job", at(GONE));
        Labels job = labels(Mode.QUEUED, "job");
        Delivery late = Deliveries.of(ada, ada + "late", GONE, GONE, "late", job, null);
        Delivery later = Deliveries.of(ada, ada + "later", GONE + 1, GONE + 1, "later", job, null);

        store.store(List.of(late));
        store.store(List.of(late, later));

        assertThat(titles(ada)).containsExactly("later");
        assertThat(shown(ada)).containsExactly("later");
        assertThat(activities(ada)).hasSize(2).containsOnly(dismissed(ada, late));
    }

    @Test
    void ofSeveralSubjectsOneIsEnoughAndOthersOfItsIdOrTypeAreNone() throws InterruptedException {
        String ada = user();
        goes(ada, "team");
        Delivery both = Deliveries.with(
                Deliveries.of(ada, ada + "both", 1, "both"),
                content("both", new Subject("task", ada, null, null), new Subject("team", ada, null, null)));
        Delivery otherId = Deliveries.with(
                Deliveries.of(ada, ada + "id", 2, "id"),
                content("id", new Subject("team", ada + "b", null, null), new Subject("team", ada + "\0", null, null)));

        store.store(List.of(both, about(ada, 3, "task"), otherId, Deliveries.of(ada, ada + "none", 4, "none")));

        assertThat(titles(ada)).containsExactly("none", "3", "id");
    }

    /** Whoever dies after it has stored what is left reads the batch again. */
    @Test
    void isToldTheSameWhenItsBatchIsRepeated() throws InterruptedException {
        String ada = user();
        goes(ada, "team");
        Delivery before = about(ada, 1, "team");
        List<Delivery> batch = List.of(before, Deliveries.of(ada, ada + "none", 2, "none"));

        store.store(batch);
        store.store(batch);

        assertThat(titles(ada)).containsExactly("none");
        assertThat(activities(ada)).hasSize(2).containsOnly(dismissed(ada, before));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "jobs/1")
    void aReplicaThatHasNotHeardOfItLeavesItOutToo(@Nullable String group) throws InterruptedException {
        String ada = user();
        goes(ada, "team");
        GoneSubjects unheard = new GoneSubjects(database, worker.bean(Clock.class));
        assertThat(unheard.isAnySince(at(1))).isFalse();

        replica(unheard).store(List.of(about(ada, 1, "team", labels(Mode.QUEUED, group)), about(ada, 2, "task")));

        assertThat(titles(ada)).containsExactly("2");
        assertThat(unheard.isAnySince(at(1))).isTrue();
    }

    @Test
    void ofAGroupItTakesNobodysPlace() throws InterruptedException {
        String ada = user();
        goes(ada, "team");
        store.store(List.of(about(ada, 1, "task", labels(Mode.QUEUED, "jobs/1"))));

        store.store(List.of(about(ada, 2, "team", labels(Mode.QUEUED, "jobs/1"))));

        assertThat(titles(ada)).containsExactly("1");
    }

    @Test
    void aReplicaLearnsOfItForWhatIsOnlyShown() throws InterruptedException {
        String ada = user();
        goes(ada, "team");
        GoneSubjects unheard = new GoneSubjects(database, worker.bean(Clock.class));
        unheard.refresh();

        replica(unheard)
                .store(List.of(
                        about(ada, 1, "team", labels(Mode.EPHEMERAL, null)),
                        about(ada, 2, "task", labels(Mode.EPHEMERAL, null))));

        assertThat(shown(ada)).containsExactly("2");
    }

    @Test
    void aDigestComesWithItsOtherItemsAndNotAtAllWithoutAny() throws InterruptedException {
        String ada = user();
        goes(ada, "team");
        List<Delivery> parts = List.of(about(ada, 1, "team"), about(ada, 2, "task"), about(ada, GONE + 1, "team"));
        List<Notification> items = parts.stream().map(Delivery::notification).toList();
        Delivery some = Deliveries.of(ada, ada + "some", 60, "three new").withItems(items);
        Delivery all = Deliveries.of(ada, ada + "all", 61, "one new").withItems(items.subList(0, 1));

        store.store(List.of(some, all));

        assertThat(titles(ada)).containsExactly("three new");
        assertThat(worker.call(ada, "GET", Deliveries.id(some))
                        .json()
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("title").asString()))
                .containsExactly("2", "51");
        assertThat(activities(ada)).hasSize(2).containsOnly(dismissed(ada, parts.getFirst()));
    }

    /** A batch whose statement began before the subject was remembered, and ended after its feeds were looked through. */
    @Test
    void whatWasBeingStoredAsItWentLeavesTheFeedALittleLater() {
        String ada = user();
        goes(ada, "team");
        Delivery meanwhile = about(ada, 1, "team");
        var _ = worker.bean(FeedWriter.class)
                .upsert(List.of(new FeedRow(meanwhile.recipient(), FeedItem.of(meanwhile))));
        assertThat(titles(ada)).containsExactly("1");

        worker.advance(GoneSubjects.LOOK_AGAIN.plusSeconds(1));

        await().until(() -> titles(ada).isEmpty());
        await().until(() -> database.sql("select count(*) from inapp.gone_subject where id = :id"
                                + " and look_again_at is not null")
                        .param("id", ada)
                        .query(Integer.class)
                        .single()
                == 0);
        assertThat(activities(ada)).hasSize(1);
    }

    @Test
    void aSubjectThatGoesAgainIsRememberedByItsLastTime() {
        SubjectKey team = new SubjectKey("team", user());
        gone.remember(team, at(GONE));
        gone.remember(team, at(GONE + 9));
        gone.remember(team, at(1));

        assertThat(gone.among(Set.of(team, new SubjectKey("team", "7")))).isEqualTo(Map.of(team, at(GONE + 9)));
    }

    @Test
    void whoIsErasedIsASubjectUnderHerPseudonymAlone() {
        String ada = user();
        SubjectKey person = new SubjectKey("user", ada);
        SubjectKey pseudonym = new SubjectKey("user", "erased:" + ada);
        gone.remember(person, at(GONE));
        FeedPersonalData data = new FeedPersonalData(database, gone);

        assertThat(data.erase(erase(ada, pseudonym.id()))).containsEntry("gone_subject", 1L);
        assertThat(gone.among(Set.of(person, pseudonym))).isEqualTo(Map.of(pseudonym, at(GONE)));

        gone.remember(person, at(GONE + 1));
        assertThat(data.erase(erase(ada, pseudonym.id()))).containsEntry("gone_subject", 1L);
        assertThat(gone.among(Set.of(person, pseudonym))).isEqualTo(Map.of(pseudonym, at(GONE + 1)));

        gone.remember(person, at(GONE));
        assertThat(data.erase(erase(ada, null))).containsEntry("gone_subject", 1L);
        assertThat(gone.among(Set.of(person))).isEmpty();
    }

    private static Command.Erase erase(String person, @Nullable String pseudonym) {
        return new Command.Erase("r", 1, new RecipientId(person), List.of(), at(GONE), pseudonym);
    }

    /** Another process of the service, which knows of subjects what {@code known} does. */
    private Storing replica(GoneSubjects known) {
        StoreBatch batch = new StoreBatch(
                worker.bean(FeedWriter.class),
                new SettleGroups(database),
                known,
                worker.bean("inappTransaction", TransactionTemplate.class));
        FeedAnnouncements announcements =
                new FeedAnnouncements(worker.bean(FeedReader.class), worker.bean(LiveRecords.class), topics);
        return new Storing(
                new StoreNotifications(
                        batch, announcements, known, worker.bean(FeedLimit.class), worker.bean(Clock.class)),
                worker.bean("inappAnnouncements", RecordSender.class));
    }

    /** Her own subject of that type goes; returns when that is remembered and her feed was looked through. */
    private void goes(String user, String type) {
        worker.bean(DismissNotifications.class).about(new SubjectKey(type, user), at(GONE));
    }

    /** About her own subject of that type; its title is when it was accepted. */
    private static Delivery about(String user, int second, String type) {
        return about(user, second, type, Labels.none());
    }

    private static Delivery about(String user, int second, String type, Labels labels) {
        String title = String.valueOf(second);
        Delivery delivery = Deliveries.of(user, user + type + second, second, second, title, labels, null);
        return Deliveries.with(delivery, content(title, new Subject(type, user, null, null)));
    }

    private static Content content(String title, Subject... subjects) {
        return new Content(title, null, null, null, List.of(), null, List.of(subjects), Map.of());
    }

    private static Labels labels(Mode mode, @Nullable String group) {
        return new Labels(null, null, null, mode, group, null);
    }

    private static Instant at(int second) {
        return Deliveries.ACCEPTED.plusSeconds(second);
    }

    private static Activity dismissed(String user, Delivery delivery) {
        NotificationId id = delivery.notification().id();
        return new Activity.Dismissed(new RecipientId(user), List.of(id), at(GONE));
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private int stored(String user) {
        return database.sql("select count(*) from inapp.feed where recipient = :recipient")
                .param("recipient", user)
                .query(Integer.class)
                .single();
    }

    private List<String> titles(String user) {
        return worker.call(user, "GET", "")
                .json()
                .get("notifications")
                .valueStream()
                .map(item -> item.get("title").asString())
                .toList();
    }

    private List<Activity> activities(String user) {
        return of(user, topics.activity().name())
                .map(value -> Json.read(value, Activity.class))
                .toList();
    }

    /** What her screens were told as new. */
    private List<String> shown(String user) {
        return of(user, topics.live().name())
                .map(value -> Json.read(value, LiveMessage.class))
                .filter(message -> message.event().equals("notification"))
                .map(message -> message.data().get("title").asString())
                .toList();
    }

    private Stream<byte[]> of(String user, String topic) {
        return probe.readAll(topic).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(user))
                .map(record -> record.value());
    }
}
