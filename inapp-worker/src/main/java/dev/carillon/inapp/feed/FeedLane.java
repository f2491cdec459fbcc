package dev.carillon.inapp.feed;

import dev.carillon.platform.kafka.ReadLoop;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.tracing.TraceSpan;
import dev.carillon.schemas.TopicSpec;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one lane of the channel: stores a batch and gives its announcement to the producer; while that is on its way the
 * next one is stored. A failure, of the database say, leaves the batch to be read again.
 */
final class FeedLane implements ReadLoop.Reading {
    private static final Logger LOG = LoggerFactory.getLogger(FeedLane.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** A commit is a request and a record for the broker; what is repeated for want of it changes no row. */
    private static final Duration COMMIT_EVERY = Duration.ofMillis(100);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final TopicSpec topic;
    private final FeedIntake intake;
    private final RecordSender records;
    private final Clock clock;
    private final Timer delivered;

    /** @param delivered from an event's acceptance until it is shown */
    FeedLane(TopicSpec topic, FeedIntake intake, RecordSender records, Clock clock, Timer delivered) {
        this.topic = topic;
        this.intake = intake;
        this.records = records;
        this.clock = clock;
        this.delivered = delivered;
    }

    @Override
    public void read(Consumer<byte[], byte[]> consumer, BooleanSupplier goOn) throws InterruptedException {
        FeedProgress progress = new FeedProgress(consumer, records, COMMIT_EVERY);
        consumer.subscribe(List.of(topic.name()), progress);
        while (goOn.getAsBoolean()) {
            List<ConsumerRecord<byte[], byte[]>> batch = StreamSupport.stream(
                            consumer.poll(POLL).spliterator(), false)
                    .toList();
            if (!batch.isEmpty()) {
                take(batch, progress);
            }
            progress.commit();
        }
    }

    private void take(List<ConsumerRecord<byte[], byte[]>> batch, FeedProgress progress) throws InterruptedException {
        try {
            Announcement announcement = intake.take(batch);
            progress.announced(batch, records.begin(announcement.records(), () -> shown(announcement)));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("{} deliveries cannot be stored now, and are read again: {}", batch.size(), e.toString());
            progress.rewind(batch);
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private void shown(Announcement announcement) {
        Instant now = clock.instant();
        announcement.acceptedAt().forEach(since -> delivered.record(Duration.between(since, now)));
        announcement.spans().forEach(TraceSpan::close);
    }
}
