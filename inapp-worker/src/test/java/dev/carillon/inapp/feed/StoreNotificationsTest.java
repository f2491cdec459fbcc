package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.SseClient;
import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.control.Control.Cancel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.LiveMessage;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.CapturedLog;
import dev.carillon.testsupport.RandomSeed;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class StoreNotificationsTest {
    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker = InappWorker.start(TestInfrastructure.freshDatabase(), prefix);
    private final Storing store = Storing.in(worker);
    private final FeedWriter writer = worker.bean(FeedWriter.class);
    private final FeedReader reader = worker.bean(FeedReader.class);
    private final FeedLists lists = worker.bean(FeedLists.class);

    @AfterAll
    void stop() {
        worker.close();
    }

    @Test
    void aHigherRevisionReplacesTheContentAndALowerOneDoesNot() throws InterruptedException {
        String ada = user();

        store.store(List.of(revision(ada, 5, "three of five")));
        store.store(List.of(revision(ada, 9, "five of five")));
        store.store(List.of(revision(ada, 7, "four of five")));

        assertThat(titles(ada)).containsExactly("five of five");
    }

    @Test
    void aBatchIsShownInTheOrderOfItsArrival() throws InterruptedException {
        String ada = user();
        List<Delivery> batch = IntStream.range(0, 20)
                .mapToObj(i -> Deliveries.of(ada, ada + i, i, "n" + i))
                .toList();
        List<String> inOrder = IntStream.range(0, 20).mapToObj(i -> "n" + i).toList();

        store.store(batch);
        assertThat(shownTitles(ada)).isEqualTo(inOrder);

        store.store(batch);
        assertThat(shownTitles(ada).subList(20, 40)).isEqualTo(inOrder);
    }

    @Test
    void theHighestRevisionOfABatchWins() throws InterruptedException {
        String ada = user();

        store.store(List.of(revision(ada, 5, "old"), revision(ada, 9, "new"), revision(ada, 7, "between")));

        assertThat(titles(ada)).containsExactly("new");
    }

    @Test
    void newContentLeavesWhatTheReaderDid() throws InterruptedException {
        String ada = user();
        Delivery first = revision(ada, 5, "first");
        store.store(List.of(first));
        worker.call(ada, "POST", Deliveries.id(first) + "/read");

        store.store(List.of(revision(ada, 9, "second")));

        assertThat(titles(ada)).containsExactly("second");
        assertThat(reader.unreadCount(new RecipientId(ada))).isZero();
        assertThat(shown(ada).getLast().data().get("is_read").asBoolean()).isTrue();
    }

    /** The worker dies after it has stored a batch; its event is cancelled before the batch is read again. */
    @Test
    void whatIsStoredIsToldAndNotCancelledToo() {
        String ada = user();
        Delivery stored = Deliveries.of(ada, ada + 1, 1, "one");
        Delivery late = Deliveries.of(ada, ada + 2, 2, "two");
        Cancellations cancellations = new Cancellations();
        FeedIntake intake = intake(cancellations);
        intake.take(List.of(record(stored)));

        cancel(cancellations, stored);
        cancel(cancellations, late);
        Announcement announced = intake.take(List.of(record(stored), record(late)));

        assertThat(cancelled(announced)).containsExactly(late.notification().id());
        assertThat(titles(ada)).containsExactly("one");
    }

    @Test
    void ofAMergedDeliveryWhatIsCancelledIsSaidToBe() {
        String ada = user();
        List<Delivery> parts = List.of(Deliveries.of(ada, ada + 1, 1, "one"), Deliveries.of(ada, ada + 2, 2, "two"));
        List<Notification> items = parts.stream().map(Delivery::notification).toList();
        Delivery merged = Deliveries.of(ada, ada + 3, 3, "two new").withItems(items);
        Cancellations cancellations = new Cancellations();
        FeedIntake intake = intake(cancellations);
        cancel(cancellations, parts.getFirst());

        assertThat(cancelled(intake.take(List.of(record(merged)))))
                .containsExactly(items.getFirst().id());
        cancel(cancellations, parts.getLast());
        assertThat(cancelled(intake.take(List.of(record(merged))))).isEmpty();
        assertThat(titles(ada)).containsExactly("two new");
    }

    private FeedIntake intake(Cancellations cancellations) {
        return new FeedIntake(
                worker.bean(StoreNotifications.class),
                reader,
                cancellations,
                topics,
                worker.bean(Clock.class),
                Tracing.off());
    }

    private static void cancel(Cancellations cancellations, Delivery delivery) {
        Instant now = delivery.notification().createdAt();
        cancellations.add(new Cancel(delivery.notification().event(), List.of(), now), now);
    }

    private List<NotificationId> cancelled(Announcement announced) {
        return announced.records().stream()
                .filter(record -> record.topic().equals(topics.outcomes()))
                .flatMap(record -> Json.read(record.value(), OutcomeBatch.class).outcomes().stream())
                .map(NotificationOutcome::notification)
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(Delivery delivery) {
        return new ConsumerRecord<>("inapp", 0, 0, new byte[0], Json.write(delivery));
    }

    /** The worker dies between the commit of the rows and the publication; the batch is delivered again. */
    @Test
    void aBatchThatWasStoredButNotShownIsShownWhenItIsRepeated() throws InterruptedException {
        String ada = user();
        List<Delivery> batch = List.of(
                Deliveries.of(ada, ada + 1, 1, "one"),
                Deliveries.of(ada, ada + 2, 2, "two"),
                Deliveries.of(ada, ada + 3, 3, "three"));
        int stored = writer.upsert(batch.stream()
                .map(delivery -> new FeedRow(delivery.recipient(), FeedItem.of(delivery)))
                .sorted()
                .toList());
        assertThat(stored).isEqualTo(3);
        assertThat(shown(ada)).isEmpty();

        store.store(batch);

        assertThat(shown(ada)).hasSize(3);
        assertThat(titles(ada)).containsExactly("three", "two", "one");
    }

    /**
     * Rows are stored and shown in any order: some are stored long before anybody says so, as by a worker that dies, some are
     * said twice. A client that is cut at any place is told what one is told that never was.
     */
    @Test
    void whateverOrderRowsAreStoredAndShownInACutClientMissesNothing() {
        RandomGenerator random = RandomSeed.of("stored and shown").generator();
        String ada = user();
        int rows = 40;
        List<Runnable> steps = steps(ada, rows, random);
        int shows = (int) steps.stream().filter(step -> step instanceof Show).count();
        List<String> told = new ArrayList<>();
        try (SseClient uncut = SseClient.open(worker, ada, null).awaitConnected()) {
            String lastId = uncut.lastId();
            Thread work = Thread.ofVirtual().start(() -> steps.forEach(Runnable::run));
            while (told.size() < shows) {
                try (SseClient cut = SseClient.open(worker, ada, lastId)) {
                    int upTo = 1 + random.nextInt(8);
                    cut.await(c -> c.events().size() >= upTo
                            || told.size() + c.titles().size() >= shows);
                    List<SseClient.Event> known = cut.events();
                    for (SseClient.Event event : known.subList(0, 1 + random.nextInt(known.size()))) {
                        assertThat(event.name()).isNotEqualTo("reload");
                        if (event.name().equals("notification")) {
                            told.add(event.data().get("title").asString());
                        }
                        lastId = event.id();
                    }
                }
            }
            uncut.await(c -> c.titles().size() >= shows);
            assertThat(told).isEqualTo(uncut.titles());
            await().until(() -> !work.isAlive());
        }
        assertThat(new HashSet<>(told)).hasSize(rows);
        assertThat(reader.unreadCount(new RecipientId(ada))).isEqualTo(rows);
    }

    /** Stores a row, and shows it. */
    private record Show(Storing store, Delivery delivery) implements Runnable {
        @Override
        public void run() {
            try {
                store.store(List.of(delivery));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private List<Runnable> steps(String user, int rows, RandomGenerator random) {
        List<Runnable> steps = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Delivery delivery = Deliveries.of(user, user + i, i, "n" + i);
            FeedRow row = new FeedRow(delivery.recipient(), FeedItem.of(delivery));
            if (random.nextBoolean()) {
                steps.add(() -> writer.upsert(List.of(row)));
            }
            for (int times = random.nextInt(2); times >= 0; times--) {
                steps.add(new Show(store, delivery));
            }
        }
        Collections.shuffle(steps, Random.from(random));
        return steps;
    }

    @Test
    void whatWasDismissedIsNotShownAgain() throws InterruptedException {
        String ada = user();
        Delivery delivery = revision(ada, 5, "n");
        store.store(List.of(delivery));
        worker.call(ada, "DELETE", Deliveries.id(delivery));
        int shown = shown(ada).size();

        store.store(List.of(delivery, revision(ada, 9, "newer")));

        assertThat(titles(ada)).isEmpty();
        assertThat(shown(ada)).hasSize(shown);
    }

    @Test
    void aNewerOneOfAGroupTakesThePlaceOfTheOlder() throws InterruptedException {
        String ada = user();
        Delivery first = grouped(ada, 1, "1/3");
        Delivery second = grouped(ada, 2, "2/3");

        store.store(List.of(first));
        worker.call(ada, "POST", Deliveries.id(first) + "/read");
        store.store(List.of(second));

        assertThat(titles(ada)).containsExactly("2/3");
        assertThat(reader.unreadCount(new RecipientId(ada))).isEqualTo(1);
        assertThat(replacements(ada)).containsExactly(Deliveries.id(first) + " by " + Deliveries.id(second));
        assertThat(shownTitles(ada)).containsExactly("1/3", "2/3");
    }

    @Test
    void aGroupSettlesOnItsNewestWhateverTheOrderOfArrival() throws InterruptedException {
        String ada = user();
        List<Delivery> steps = new ArrayList<>(IntStream.range(0, 12)
                .mapToObj(i -> grouped(ada, i, "step " + i))
                .toList());
        RandomGenerator random = RandomSeed.of("groups").generator();
        Collections.shuffle(steps, Random.from(random));
        for (int from = 0; from < steps.size(); ) {
            int to = Math.min(steps.size(), from + 1 + random.nextInt(4));
            store.store(steps.subList(from, to));
            from = to;
        }

        assertThat(titles(ada)).containsExactly("step 11");
        assertThat(reader.unreadCount(new RecipientId(ada))).isEqualTo(1);
        int before = replacements(ada).size();
        store.store(List.of(grouped(ada, 0, "step 0")));
        assertThat(titles(ada)).containsExactly("step 11");
        assertThat(replacements(ada)).hasSize(before);
        Set<NotificationId> older = steps.stream()
                .filter(step -> !"step 11".equals(step.notification().content().title()))
                .map(step -> step.notification().id())
                .collect(Collectors.toSet());
        assertThat(replacedByActivity(ada)).containsExactlyInAnyOrderElementsOf(older);
    }

    @Test
    void whatCameLateOfADismissedNewerOneStaysAway() throws InterruptedException {
        String ada = user();
        Delivery newer = grouped(ada, 2, "2/3");
        store.store(List.of(newer));
        worker.call(ada, "DELETE", Deliveries.id(newer));

        store.store(List.of(grouped(ada, 1, "1/3")));

        assertThat(titles(ada)).isEmpty();
        assertThat(shownTitles(ada)).containsExactly("2/3");
    }

    /** A crash between the commit and the publication: the screens hear of the replacement when the batch is repeated. */
    @Test
    void aReplacementIsToldAgainWhenItsBatchIsRepeated() throws InterruptedException {
        String ada = user();
        Delivery first = grouped(ada, 1, "1/3");
        Delivery second = grouped(ada, 2, "2/3");
        store.store(List.of(first));
        store.store(List.of(second));

        store.store(List.of(second));

        assertThat(replacements(ada)).hasSize(2).containsOnly(Deliveries.id(first) + " by " + Deliveries.id(second));
        assertThat(shownTitles(ada)).containsExactly("1/3", "2/3", "2/3");
        assertThat(activities(ada))
                .hasSize(2)
                .containsOnly(new Activity.Replaced(
                        new RecipientId(ada),
                        List.of(first.notification().id()),
                        activities(ada).getFirst().at()));
    }

    @Test
    void aReplacementIsToldAlsoWhereTheNewerOneExpiredBeforeItsBatchIsRepeated() throws InterruptedException {
        String ada = user();
        Delivery first = grouped(ada, 1, "1/3");
        Labels labels = new Labels(null, null, null, Mode.QUEUED, "jobs/7", null);
        Instant longAgo = Deliveries.ACCEPTED.minusSeconds(86_400L * 400);
        Delivery second = Deliveries.of(ada, ada + 2, 2, 2, "2/3", labels, longAgo);
        store.store(List.of(first));
        var _ = worker.bean(StoreBatch.class)
                .store(
                        List.of(new FeedRow(second.recipient(), FeedItem.of(second))),
                        worker.bean(Clock.class).instant());

        store.store(List.of(second));

        assertThat(replacements(ada)).containsExactly(Deliveries.id(first) + " by " + Deliveries.id(second));
        assertThat(replacedByActivity(ada)).containsExactly(first.notification().id());
    }

    private Set<NotificationId> replacedByActivity(String user) {
        return activities(user).stream()
                .flatMap(told -> told.notifications().stream())
                .collect(Collectors.toSet());
    }

    /** What the ledger is told was replaced. */
    private List<Activity.Replaced> activities(String user) {
        return probe.readAll(topics.activity().name()).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(user))
                .map(record -> (Activity.Replaced) Json.read(record.value(), Activity.class))
                .toList();
    }

    private static Delivery grouped(String user, int second, String title) {
        Labels labels = new Labels(null, null, null, Mode.QUEUED, "jobs/7", null);
        return Deliveries.of(user, user + second, second, second, title, labels, null);
    }

    private List<String> replacements(String user) {
        return probe.readAll(topics.live().name()).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(user))
                .map(record -> Json.read(record.value(), LiveMessage.class))
                .filter(message -> message.data().has("replaced_by"))
                .map(message -> message.data().get("id").asString() + " by "
                        + message.data().get("replaced_by").asString())
                .toList();
    }

    @Test
    void anEphemeralOneIsShownAndNotStored() throws InterruptedException {
        String ada = user();
        Labels ephemeral = new Labels(null, null, null, Mode.EPHEMERAL, null, null);

        store.store(List.of(Deliveries.of(ada, ada, 1, 1, "now", ephemeral, null)));

        assertThat(titles(ada)).isEmpty();
        assertThat(shown(ada)).hasSize(1);
    }

    @Test
    void anExpiredOneIsNeitherStoredNorShownButToldToTheLedger() throws InterruptedException {
        String ada = user();

        store.store(List.of(
                Deliveries.of(ada, ada, 1, 1, "late", Labels.none(), Deliveries.ACCEPTED.minusSeconds(86_400L * 400))));

        assertThat(titles(ada)).isEmpty();
        assertThat(shown(ada)).isEmpty();
        assertThat(probe.readAll(topics.outcomes().name()).stream().map(TopicProbe::text))
                .anyMatch(batch -> batch.contains("\"" + ada + "\"") && batch.contains("expired"));
    }

    @Test
    void whatTheDatabaseRefusesIsADeadLetterAndTheRestIsStored() {
        String ada = user();
        Labels labels = new Labels(null, null, null, Mode.QUEUED, incompressible(), null);
        Notification bad =
                Deliveries.of(ada, ada + "bad", 1, 1, "bad", labels, null).notification();
        try (var log = new CapturedLog(FeedIntake.class)) {
            Deliveries.route(probe, topics, Deliveries.of(ada, ada + "bad", 1, 1, "bad", labels, null));
            Deliveries.route(probe, topics, Deliveries.of(ada, ada + "good", 2, "good"));

            await().until(() -> titles(ada).contains("good"));
            assertThat(log.lines()).singleElement().satisfies(line -> {
                assertThat(line.text()).contains("refused by the database").doesNotContain(ada);
                assertThat(line.fields())
                        .containsEntry("carillon.event", bad.event().toString())
                        .containsEntry("carillon.notification", bad.id().toString());
            });
        }

        assertThat(titles(ada)).containsExactly("good");
        assertThat(probe
                        .readUntil(
                                topics.dead(Channel.INAPP).name(), Duration.ofMinutes(1), letters -> !letters.isEmpty())
                        .stream()
                        .map(TopicProbe::text))
                .anyMatch(letter -> letter.contains("the database refuses it"));
    }

    /** A text that is too long for an index row, and that PostgreSQL cannot compress. */
    private static String incompressible() {
        return Stream.generate(UUID::randomUUID)
                .limit(1_000)
                .map(UUID::toString)
                .collect(Collectors.joining());
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private static Delivery revision(String user, long offset, String title) {
        return Deliveries.of(user, user, 0, offset, title, Labels.none(), null);
    }

    private List<String> titles(String user) {
        RecipientId recipient = new RecipientId(user);
        ListQuery query = ListParameters.read(Map.of(), recipient, Instant.EPOCH, ZoneOffset.UTC);
        return lists.page(recipient, query).notifications().stream()
                .map(item -> String.valueOf(item.title()))
                .toList();
    }

    private List<String> shownTitles(String user) {
        return shown(user).stream()
                .map(message -> message.data().get("title").asString())
                .toList();
    }

    private List<LiveMessage> shown(String user) {
        return probe.readAll(topics.live().name()).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(user))
                .map(record -> Json.read(record.value(), LiveMessage.class))
                .filter(message -> message.event().equals("notification"))
                .toList();
    }
}
