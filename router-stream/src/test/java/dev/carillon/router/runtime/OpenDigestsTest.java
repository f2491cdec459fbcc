package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.RandomSeed;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two routers with open windows, one of which stops or loses its state between any two events. */
@ExtendWith(InfrastructureExtension.class)
class OpenDigestsTest {
    private static final int PARTITIONS = 4;
    private static final int RECIPIENTS = 40;
    private static final int ROUNDS = 5;
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final Topics topics;
    private final TopicProbe probe;
    private final Map<String, RunningRouter> running = new HashMap<>();

    @TempDir
    Path directory;

    OpenDigestsTest(TopicPrefix prefix, TopicProbe probe) {
        this.topics = new Topics(new TopicSettings(
                prefix.value(), PARTITIONS, (short) 1, TopicSettings.defaults().retryTiers()));
        this.probe = probe;
    }

    @Test
    void eachDigestIsCompleteAndComesOnce() throws IOException {
        RandomGenerator random = RandomSeed.of("open digests").generator();
        List<String> names = List.of("a", "b");
        try {
            names.forEach(this::start);
            settings();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < RECIPIENTS; i++) {
                    send(round, "r" + i);
                }
                String name = names.get(random.nextInt(names.size()));
                stop(name);
                if (random.nextBoolean()) {
                    forget(directory.resolve(name)); // as after a crash: what is not committed is gone
                }
                start(name);
            }
            inapp(RECIPIENTS * ROUNDS);
            assertThat(mails(0)).as("before the windows end").isEmpty();
            running.values().forEach(router -> router.clock.advance(WINDOW.plusMinutes(1)));

            List<Delivery> mails = mails(RECIPIENTS);
            assertThat(mails).extracting(Delivery::recipient).doesNotHaveDuplicates();
            assertThat(mails)
                    .hasSize(RECIPIENTS)
                    .allSatisfy(mail -> assertThat(mail.items())
                            .extracting(Notification::event)
                            .containsExactlyElementsOf(events(mail.recipient())));
        } finally {
            running.values().forEach(RunningRouter::close);
        }
    }

    private static List<EventUid> events(RecipientId recipient) {
        List<EventUid> events = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            events.add(EventUid.of("test", round + recipient.value()));
        }
        return events;
    }

    private void start(String name) {
        RunningRouter router = new RunningRouter(probe.bootstrapServers(), topics, directory.resolve(name), name);
        router.start();
        running.put(name, router);
    }

    private void stop(String name) {
        RunningRouter router = running.remove(name);
        if (router != null) {
            router.close();
        }
    }

    private static void forget(Path state) throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void settings() {
        Batch batch = new Batch(Set.of(Channel.EMAIL), Batch.Mode.FIXED, WINDOW, null, false, null, 100);
        NotificationType type = new NotificationType(
                        "news",
                        1,
                        null,
                        null,
                        null,
                        Set.of(Channel.INAPP, Channel.EMAIL),
                        null,
                        null,
                        false,
                        false,
                        List.of())
                .withPolicies(new Policies(List.of(batch), null, List.of(), null, false));
        probe.send(topics.types().name(), 0, "news", Json.write(type));
        for (int i = 0; i < RECIPIENTS; i++) {
            String id = "r" + i;
            intake(
                    id,
                    new IntakeRecord.ProfileChanged(new RecipientProfile(
                            new RecipientId(id), 1, null, id + "@example.com", null, Preferences.defaults())));
        }
    }

    private void send(int round, String recipient) {
        String id = round + recipient;
        Event event = new Event(
                EventUid.of("test", id),
                "test",
                id,
                "news",
                1,
                Instant.parse("2026-11-20T10:00:00Z").plusSeconds(round),
                null,
                Content.of("Title", null),
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                null);
        intake(
                recipient,
                new IntakeRecord.RouteEvent(
                        event, Targets.ofRecipients(List.of(new RecipientId(recipient))), Lane.DIRECT, null));
    }

    private void intake(String recipient, IntakeRecord record) {
        int partition = Partitions.of(new RecipientId(recipient), PARTITIONS);
        probe.send(topics.intake(Lane.DIRECT).name(), partition, "key", Json.write(record));
    }

    private void inapp(int count) {
        probe.readUntil(topics.deliveries(Channel.INAPP).name(), WAIT, records -> records.size() >= count);
    }

    private List<Delivery> mails(int count) {
        List<ConsumerRecord<byte[], byte[]>> records = count == 0
                ? probe.readAll(topics.deliveries(Channel.EMAIL).name())
                : probe.readUntil(topics.deliveries(Channel.EMAIL).name(), WAIT, all -> all.size() >= count);
        return records.stream()
                .map(record -> Json.read(record.value(), Delivery.class))
                .toList();
    }
}
