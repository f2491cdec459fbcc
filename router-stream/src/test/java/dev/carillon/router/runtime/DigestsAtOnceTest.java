package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Everybody's digest is due at once: 1,000 of them, 10,000 with {@code -Dcarillon.digests=10000}. */
@ExtendWith(InfrastructureExtension.class)
class DigestsAtOnceTest {
    private static final int DIGESTS = Integer.getInteger("carillon.digests", 1_000);
    private static final int ITEMS = 2;
    private static final int PARTITIONS = 3;
    private static final Duration WAIT = Duration.ofMinutes(5);

    private final Topics topics;
    private final TopicProbe probe;

    DigestsAtOnceTest(TopicPrefix prefix, TopicProbe probe) {
        this.topics = new Topics(new TopicSettings(
                prefix.value(), PARTITIONS, (short) 1, TopicSettings.defaults().retryTiers()));
        this.probe = probe;
    }

    @Test
    void eachGoesOutOnceAndTheRouterStaysInItsGroup(@TempDir Path directory) throws Exception {
        RunningRouter router = new RunningRouter(probe.bootstrapServers(), topics, directory, "router-1");
        try (router) {
            router.start();
            fill(atNoon(router.clock));
            probe.readUntil(
                    topics.deliveries(Channel.INAPP).name(), WAIT, records -> records.size() >= DIGESTS * ITEMS);
            List<String> members = members();
            long began = System.nanoTime();
            router.clock.advance(Duration.ofHours(26));

            probe.readUntil(topics.deliveries(Channel.EMAIL).name(), WAIT, records -> records.size() >= DIGESTS);

            System.out.printf(
                    "%,d digests due at once left the router in %,d ms%n",
                    DIGESTS, Duration.ofNanos(System.nanoTime() - began).toMillis());
            assertThat(members).hasSize(1);
            assertThat(members())
                    .as("who was thrown out comes back under another name")
                    .isEqualTo(members);
        }
        assertThat(mails()).hasSize(DIGESTS).allSatisfy(mail -> {
            assertThat(mail.digest()).isEqualTo(DigestKind.DAILY);
            assertThat(mail.items())
                    .extracting(Notification::event)
                    .containsExactly(
                            uid(mail.recipient().value(), 0),
                            uid(mail.recipient().value(), 1));
        });
        assertThat(mails()).extracting(Delivery::recipient).doesNotHaveDuplicates();
    }

    /** Moves the clock there: digests are due at 08:00, and none between the two items of another. */
    private static Instant atNoon(PipelineClock clock) {
        Instant now = clock.instant();
        Instant noon = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));
        return clock.advance(Duration.between(now, noon));
    }

    private void fill(Instant now) {
        NotificationType news = new NotificationType(
                "news",
                1,
                null,
                null,
                "news",
                Set.of(Channel.INAPP, Channel.EMAIL),
                null,
                null,
                false,
                false,
                List.of());
        probe.send(topics.types().name(), 0, "news", Json.write(news));
        Map<String, Object> settings = Map.of("bootstrap.servers", probe.bootstrapServers(), "linger.ms", 5);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            IntStream.range(0, DIGESTS).mapToObj(i -> "r" + i).forEach(recipient -> {
                send(producer, recipient, new IntakeRecord.ProfileChanged(digesting(recipient)));
                for (int item = 0; item < ITEMS; item++) {
                    send(producer, recipient, event(recipient, item, now));
                }
            });
        }
    }

    private static RecipientProfile digesting(String recipient) {
        ChannelChoices mailsByDigest = new ChannelChoices(Choice.ON, Choice.DIGEST, Choice.ON);
        Preferences preferences = new Preferences(
                ChannelSwitches.allOn(), Map.of("news", mailsByDigest), Map.of(), List.of(), null, null);
        return new RecipientProfile(new RecipientId(recipient), 1, null, recipient + "@example.com", null, preferences);
    }

    private static IntakeRecord event(String recipient, int item, Instant now) {
        EventUid uid = uid(recipient, item);
        Event event = new Event(
                uid,
                "test",
                recipient + "/" + item,
                "news",
                1,
                now.plusMillis(item),
                null,
                Content.of("Title", null),
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                null);
        return new IntakeRecord.RouteEvent(
                event, Targets.ofRecipients(List.of(new RecipientId(recipient))), Lane.DIRECT, null);
    }

    private static EventUid uid(String recipient, int item) {
        return EventUid.of("test", recipient + "/" + item);
    }

    private void send(Producer<byte[], byte[]> producer, String recipient, IntakeRecord record) {
        int partition = Partitions.of(new RecipientId(recipient), PARTITIONS);
        var _ = producer.send(new ProducerRecord<>(
                topics.intake(Lane.DIRECT).name(),
                partition,
                recipient.getBytes(StandardCharsets.UTF_8),
                Json.write(record)));
    }

    private List<Delivery> mails() {
        return probe.readAll(topics.deliveries(Channel.EMAIL).name()).stream()
                .map(record -> Json.read(record.value(), Delivery.class))
                .toList();
    }

    /** Who is in the router's group, by the names that the broker gave. */
    private List<String> members() throws InterruptedException, ExecutionException {
        String group = topics.group(Service.ROUTER_STREAM, "");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", probe.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(found -> found.members().stream())
                    .map(MemberDescription::consumerId)
                    .toList();
        }
    }
}
