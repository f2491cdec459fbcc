package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Urgent events while bulk ones are queued and a fan-out runs. {@code -Dcarillon.bulk=400000} runs it in full size, on a
 * machine of its own, and asks for their latency; the normal build, which others disturb, only for their order.
 */
@ExtendWith(InfrastructureExtension.class)
class BulkBesideUrgentTest {
    private static final int FULL = 400_000;
    private static final int BULK = Integer.getInteger("carillon.bulk", 15_000);
    private static final int MEMBERS = BULK / 2;
    private static final Duration LIMIT = BULK >= FULL ? Duration.ofMillis(250) : Duration.ofSeconds(30);
    /** The first ones meet code that was never run; they count only where no latency is asked for. */
    private static final int COLD = BULK >= FULL ? 10 : 0;

    private static final int MOST_URGENT = 100 + COLD;
    private static final int PARTITIONS = 3;

    private final Topics topics;
    private final TopicProbe probe;

    BulkBesideUrgentTest(TopicPrefix prefix, TopicProbe probe) {
        this.topics = new Topics(new TopicSettings(
                prefix.value(), PARTITIONS, (short) 1, TopicSettings.defaults().retryTiers()));
        this.probe = probe;
    }

    @Test
    void anUrgentEventWaitsForNoQueueAndTheQueueGetsDone(@TempDir Path directory) {
        RunningRouter router = new RunningRouter(probe.bootstrapServers(), topics, directory, "router-1");
        try (router;
                Producer<byte[], byte[]> producer = producer();
                Consumer<byte[], byte[]> screens = consumer()) {
            Instant now = router.clock.instant();
            IntStream.range(0, MEMBERS).forEach(i -> join(producer, new RecipientId("member-" + i), now));
            IntStream.range(0, BULK)
                    .forEach(i -> send(producer, Lane.BULK, event("bulk-" + i, Priority.LOW, now), "reader-" + i));
            producer.flush();
            router.start();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> told(screens) > 0);
            broadcast(producer, now);

            List<Duration> latencies = new ArrayList<>();
            int ahead = 0;
            while (latencies.size() < MOST_URGENT && told(screens) < BULK) {
                latencies.add(urgent(producer, screens, "urgent-" + latencies.size(), router.clock.instant()));
                ahead += told(screens) < BULK ? 1 : 0;
            }

            assertThat(ahead).as("came before what was queued before them").isPositive();
            assertThat(latencies).hasSizeGreaterThan(COLD);
            List<Duration> warm = latencies.subList(COLD, latencies.size());
            assertThat(percentile99(warm)).as("p99 of %s", warm).isLessThan(LIMIT);
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> told(screens) >= BULK + MEMBERS);
        }
    }

    /** Sends one and waits until it would be on the screen: no load but one at a time, so the latency is its own. */
    private Duration urgent(
            Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> screens, String id, Instant now) {
        long began = System.nanoTime();
        send(producer, Lane.DIRECT, event(id, Priority.URGENT, now), "eve");
        producer.flush();
        while (screens.poll(Duration.ofSeconds(30)).isEmpty()) {
            assertThat(System.nanoTime() - began)
                    .isLessThan(Duration.ofSeconds(60).toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Duration percentile99(List<Duration> latencies) {
        List<Duration> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }

    /** Deliveries in bulk so far, by the ends of their partitions: a commit's marker counts as one too. */
    private long told(Consumer<byte[], byte[]> consumer) {
        return consumer.endOffsets(partitions(topics.deliveries(Channel.INAPP, Lane.BULK))).values().stream()
                .mapToLong(end -> end)
                .sum();
    }

    private void broadcast(Producer<byte[], byte[]> producer, Instant now) {
        Targets crowd =
                new Targets(List.of(), List.of(new AudienceId("crowd")), false, List.of(), List.of(), List.of());
        RouteEvent record = new RouteEvent(event("wide", Priority.NORMAL, now), crowd, Lane.DIRECT, null);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            produce(producer, topics.intake(Lane.DIRECT), partition, "wide", record);
        }
        producer.flush();
    }

    private void join(Producer<byte[], byte[]> producer, RecipientId member, Instant now) {
        produce(
                producer,
                topics.audienceMembers(),
                Partitions.of(member, PARTITIONS),
                "crowd\0" + member.value(),
                new Membership(new AudienceId("crowd"), member, 1, true, now));
    }

    private void send(Producer<byte[], byte[]> producer, Lane lane, Event event, String to) {
        RecipientId recipient = new RecipientId(to);
        RouteEvent record = new RouteEvent(event, Targets.ofRecipients(List.of(recipient)), lane, null);
        produce(producer, topics.intake(lane), Partitions.of(recipient, PARTITIONS), event.id(), record);
    }

    private static void produce(
            Producer<byte[], byte[]> producer, TopicSpec topic, int partition, String key, Object value) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(topic.name(), partition, keyBytes, Json.write(value)));
    }

    private static Event event(String id, Priority priority, Instant now) {
        return new Event(
                EventUid.of("test", id),
                "test",
                id,
                null,
                0,
                now,
                null,
                Content.of("Title", null),
                new Labels(null, null, priority, Mode.QUEUED, null, null),
                null,
                false,
                false,
                null,
                null,
                null);
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = Map.of("bootstrap.servers", probe.bootstrapServers(), "linger.ms", 5);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads the direct lane from here on, uncommitted, as the feed does. */
    private Consumer<byte[], byte[]> consumer() {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", probe.bootstrapServers(), "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> direct = partitions(topics.deliveries(Channel.INAPP, Lane.DIRECT));
        consumer.assign(direct);
        consumer.seekToEnd(direct);
        direct.forEach(consumer::position);
        return consumer;
    }

    private static List<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }
}
