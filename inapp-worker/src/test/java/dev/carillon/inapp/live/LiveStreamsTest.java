package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.delivery.LiveMessage;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.CapturedLog;
import dev.carillon.testsupport.RandomSeed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LiveStreamsTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final int PARTITIONS = 3;
    private static final int ADAS = Partitions.of(ADA, PARTITIONS);
    private static final Uuid TOPIC = Uuid.randomUuid();
    private static final Pattern ID = Pattern.compile("id: (\\S+)");
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    private final LiveStreams streams = streams(DataSize.ofMegabytes(64));

    /** Sessions open at any moment between the steps of a delivery, and still miss nothing and get nothing twice. */
    @Test
    void aSessionThatResumesWhileMessagesArriveGetsEachOnce() throws InterruptedException {
        RandomGenerator random =
                RandomSeed.of("sessions open while messages arrive").generator();
        int total = 10_000;
        int each = 400;
        record Opened(long since, FakeOutlet outlet) {}
        List<Opened> opened = new ArrayList<>();
        AtomicInteger sessions = new AtomicInteger();
        Thread delivery = Thread.ofPlatform().daemon().start(() -> {
            for (int n = 0; n < total; n++) {
                // The one that opens sessions may get less of the machine: at least one is open for so many messages.
                while (sessions.get() < n / each) {
                    Thread.onSpinWait();
                }
                streams.deliver(List.of(message(n, "ada", 0)));
            }
        });
        while (delivery.isAlive()) {
            long soon = Math.min(streams.next(ADAS) + random.nextInt(2 * total / 100), (opened.size() + 1L) * each);
            while (delivery.isAlive() && streams.next(ADAS) < soon) {
                Thread.onSpinWait();
            }
            long known = Math.max(-1, streams.next(ADAS) - 1 - random.nextInt(30));
            Opened client = new Opened(known, new FakeOutlet());
            streams.open(session(client.outlet()), new LivePosition(TOPIC, ADAS, known), List::of);
            opened.add(client);
            sessions.incrementAndGet();
        }
        delivery.join();

        assertThat(opened).hasSizeGreaterThan(20);
        for (Opened client : opened) {
            assertThat(numbers(client.outlet()))
                    .isEqualTo(
                            LongStream.range(client.since() + 1, total).boxed().toList());
        }
    }

    @Test
    void skipsWhatIsForOthers() {
        FakeOutlet outlet = new FakeOutlet();
        streams.open(session(outlet), null, List::of);

        streams.deliver(List.of(message(0, "bob", 0), message(1, "ada", 0), message(2, "ada-2", 0)));

        assertThat(numbers(outlet)).containsExactly(1L);
    }

    @Test
    void readsNothingThatNobodyHereWants() {
        byte[] noMessage = "no json".getBytes(StandardCharsets.UTF_8);
        streams.open(session(new FakeOutlet()), null, List::of);
        try (var log = new CapturedLog(MessageEvents.class)) {
            streams.deliver(List.of(record(0, "bob", noMessage, 0)));
            assertThat(log.lines()).isEmpty();

            streams.deliver(List.of(record(1, "ada", noMessage, 0)));
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void aRecordThatIsNoMessageIsPassedOver() {
        FakeOutlet outlet = new FakeOutlet();
        streams.open(session(outlet), null, List::of);

        streams.deliver(List.of(
                record(0, "ada", "no json".getBytes(StandardCharsets.UTF_8), 0),
                record(1, "ada", "{}".getBytes(StandardCharsets.UTF_8), 0),
                record(2, "ada", Json.write(Map.of("event", "a\nb", "data", Map.of())), 0),
                message(3, "ada", 0)));

        assertThat(numbers(outlet)).containsExactly(3L);
    }

    @Test
    void whatIsOlderThanTheWindowIsNotReplayed() {
        long minute = Duration.ofMinutes(1).toMillis();
        streams.deliver(List.of(message(0, "ada", 0), message(1, "ada", 9 * minute), message(2, "ada", 12 * minute)));

        assertThat(resumed(-1)).contains("event: reload");
        assertThat(numbers(resumed(0))).containsExactly(1L, 2L);
    }

    @Test
    void whatDoesNotFitIntoTheMemoryIsNotReplayed() {
        LiveStreams small = streams(DataSize.ofKilobytes(3));
        for (int n = 0; n < 100; n++) {
            small.deliver(List.of(message(n, "ada", 0)));
        }
        FakeOutlet old = new FakeOutlet();
        small.open(session(old), new LivePosition(TOPIC, ADAS, 10), List::of);
        FakeOutlet fresh = new FakeOutlet();
        small.open(session(fresh), new LivePosition(TOPIC, ADAS, 98), List::of);

        assertThat(old.text()).contains("event: reload");
        assertThat(numbers(fresh)).containsExactly(99L);
    }

    @Test
    void aHoleInTheTopicMakesConnectedClientsReload() {
        FakeOutlet outlet = new FakeOutlet();
        streams.open(session(outlet), null, List::of);

        streams.restart(ADAS, 500);
        streams.deliver(List.of(message(500, "ada", 0)));

        assertThat(outlet.text()).contains("event: reload").contains("id: " + TOPIC + "." + ADAS + ".499");
        assertThat(numbers(outlet)).containsExactly(500L);
    }

    /** A session listens to three keys in up to three partitions; each event's id says how far all of them are known. */
    @Test
    void oneIdResumesWhatIsForTheUserTheSessionAndEverybody() {
        LiveStreams many = streams(DataSize.ofMegabytes(1), 64);
        Listening listening = Listening.to(ADA, "tab-1", 64);
        assertThat(listening.partitions()).hasSize(3);
        FakeOutlet live = new FakeOutlet();
        many.open(new LiveSession(1, listening, null, Long.MAX_VALUE, live), null, List::of);
        many.deliver(List.of(keyed("ada", 0, 64), keyed("*", 0, 64), keyed("session:tab-1", 0, 64)));
        many.deliver(List.of(keyed("session:tab-2", 1, 64), keyed("*", 1, 64), keyed("ada", 1, 64)));
        assertThat(numbers(live)).hasSize(5);

        List<String> ids =
                ID.matcher(live.text()).results().map(id -> id.group(1)).toList();
        for (int known = 0; known < ids.size(); known++) {
            FakeOutlet resumed = new FakeOutlet();
            LivePosition from = LivePosition.parse(ids.get(known)).orElseThrow();
            many.open(new LiveSession(2, listening, null, Long.MAX_VALUE, resumed), from, List::of);
            assertThat(resumed.text()).doesNotContain("event: reload");
            assertThat(numbers(resumed)).as("after the event %d", known).hasSize(ids.size() - 1 - known);
            assertThat(many.changes(listening, from).orElseThrow().events()).hasSize(ids.size() - 1 - known);
        }
    }

    /** One that takes nothing any more cannot be told, and stands until it is found out. */
    @Test
    void oneTooManyClosesTheOldestThatIsOpen() {
        LiveStreams two = streams(DataSize.ofMegabytes(1), PARTITIONS, 2);
        FakeOutlet stuck = opened(two, true);
        FakeOutlet b = opened(two, false);
        FakeOutlet c = opened(two, false);
        assertThat(b.isClosed()).isFalse();
        FakeOutlet d = opened(two, false);

        assertThat(stuck.isClosed()).isFalse();
        assertThat(b.text()).contains("too_many_connections");
        assertThat(b.isClosed()).isTrue();
        assertThat(List.of(c, d)).noneMatch(FakeOutlet::isClosed);
    }

    @Test
    void ofThoseThatCannotBeToldAsManyStandAsMayBeOpen() {
        LiveStreams two = streams(DataSize.ofMegabytes(1), PARTITIONS, 2);
        List<FakeOutlet> stuck =
                IntStream.range(0, 6).mapToObj(i -> opened(two, true)).toList();
        assertThat(stuck.getFirst().isClosed()).isTrue();

        assertThat(stuck.subList(1, 6)).noneMatch(FakeOutlet::isClosed);
    }

    /** Tabs of a user are told what is for their session too, and are none of those that listen for it alone. */
    @Test
    void theFeedsOfAUserAndOfHerSessionHaveALimitEach() {
        LiveStreams two = streams(DataSize.ofMegabytes(1), PARTITIONS, 2);
        Listening tab = Listening.to(ADA, "tab-1", PARTITIONS);
        Listening alone = Listening.to(LiveRecipients.session("tab-1"), null, PARTITIONS);
        List<FakeOutlet> open = Stream.of(tab, tab, alone, alone)
                .map(listening -> opened(two, listening))
                .toList();
        assertThat(open).noneMatch(FakeOutlet::isClosed);

        opened(two, alone);

        assertThat(open).extracting(FakeOutlet::isClosed).containsExactly(false, false, true, false);
    }

    private static FakeOutlet opened(LiveStreams streams, Listening listening) {
        FakeOutlet outlet = new FakeOutlet();
        streams.open(new LiveSession(1, listening, null, Long.MAX_VALUE, outlet), null, List::of);
        return outlet;
    }

    private static FakeOutlet opened(LiveStreams streams, boolean stuck) {
        FakeOutlet outlet = new FakeOutlet();
        if (stuck) {
            outlet.stick();
        }
        streams.open(session(outlet), null, List::of);
        return outlet;
    }

    @Test
    void aClientThatKnowsNothingBeginsWithWhatNobodyAcknowledged() {
        FakeOutlet outlet = new FakeOutlet();

        streams.open(session(outlet), null, () -> List.of(LiveEvents.event("notification", Map.of("n", 7))));
        streams.deliver(List.of(message(0, "ada", 0)));

        assertThat(numbers(outlet)).containsExactly(7L, 0L);
    }

    private static ConsumerRecord<byte[], byte[]> keyed(String key, long offset, int partitions) {
        LiveMessage message =
                new LiveMessage("notification", null, null, Json.mapper().valueToTree(Map.of("n", offset)));
        return record(Listening.partition(key, partitions), offset, key, Json.write(message), 0);
    }

    private String resumed(long since) {
        FakeOutlet outlet = new FakeOutlet();
        streams.open(session(outlet), new LivePosition(TOPIC, ADAS, since), List::of);
        return outlet.text();
    }

    private static LiveStreams streams(DataSize memory) {
        return streams(memory, PARTITIONS);
    }

    private static LiveStreams streams(DataSize memory, int partitions) {
        return streams(memory, partitions, 100_000);
    }

    private static LiveStreams streams(DataSize memory, int partitions, int maxPerUser) {
        LiveProperties properties = new LiveProperties(
                Duration.ofSeconds(30),
                maxPerUser,
                DataSize.ofMegabytes(64),
                Duration.ofMinutes(10),
                memory,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5));
        return new LiveStreams(
                TOPIC,
                partitions,
                new LiveSessions(new StreamDurations(new SimpleMeterRegistry(), Clock.systemUTC())),
                properties,
                session -> {});
    }

    private static LiveSession session(FakeOutlet outlet) {
        return new LiveSession(1, Listening.to(ADA, null, PARTITIONS), null, Long.MAX_VALUE, outlet);
    }

    private static ConsumerRecord<byte[], byte[]> message(long n, String recipient, long timestamp) {
        LiveMessage message =
                new LiveMessage("notification", null, null, Json.mapper().valueToTree(Map.of("n", n)));
        return record(n, recipient, Json.write(message), timestamp);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte[] value, long timestamp) {
        return record(ADAS, offset, key, value, timestamp);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            int partition, long offset, String key, byte[] value, long timestamp) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                "inapp.live",
                partition,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                bytes.length,
                value.length,
                bytes,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static List<Long> numbers(FakeOutlet outlet) {
        return numbers(outlet.text());
    }

    private static List<Long> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map((MatchResult match) -> Long.parseLong(match.group(1)))
                .toList();
    }
}
