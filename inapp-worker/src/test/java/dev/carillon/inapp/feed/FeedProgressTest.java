package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.InappWorker;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.kafka.Sending;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FeedProgressTest {
    private static final Topics TOPICS = InappWorker.topics("progress.");
    private static final TopicPartition PARTITION = new TopicPartition("deliveries", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final RecordSender records = new RecordSender(producer);
    private final FeedProgress progress = new FeedProgress(consumer, records, Duration.ZERO);
    private final AtomicInteger shown = new AtomicInteger();

    FeedProgressTest() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Test
    void aBatchIsCommittedOnlyOnceEverythingThatTellsOfItIsAcknowledged() throws InterruptedException {
        progress.announced(batch(0, 3), announce(2));
        assertThat(producer.completeNext()).isTrue();
        progress.commit();
        assertThat(committed()).isEmpty();

        assertThat(producer.completeNext()).isTrue();
        progress.commit();
        assertThat(committed()).hasValue(3);
        assertThat(shown).hasValue(1);
    }

    @Test
    void whatIsStoredBehindABatchThatIsNotToldYetIsNotCommitted() throws InterruptedException {
        progress.announced(batch(0, 3), announce(1));
        progress.announced(batch(3, 5), announce(0));
        progress.commit();
        assertThat(committed()).isEmpty();

        assertThat(producer.completeNext()).isTrue();
        progress.commit();
        assertThat(committed()).hasValue(5);
    }

    @Test
    void anAnnouncementThatFailedIsSentAgainBeforeItsBatchIsCommitted() throws InterruptedException {
        progress.announced(batch(0, 3), announce(2));
        assertThat(producer.completeNext()).isTrue();
        assertThat(producer.errorNext(new NotEnoughReplicasException("one is down")))
                .isTrue();
        assertThat(shown).hasValue(0);

        Thread broker = Thread.startVirtualThread(() -> await().until(producer::completeNext));
        progress.commit();
        broker.join();

        assertThat(committed()).hasValue(3);
        assertThat(shown).hasValue(1);
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void aPartitionThatIsGivenAwayIsCommittedUpToWhatWasTold() throws InterruptedException {
        progress.announced(batch(0, 3), announce(1));
        progress.announced(batch(3, 5), announce(1));
        assertThat(producer.completeNext()).isTrue();
        assertThat(producer.errorNext(new NotEnoughReplicasException("one is down")))
                .isTrue();

        progress.onPartitionsRevoked(Set.of(PARTITION));

        assertThat(committed()).hasValue(3);
    }

    @Test
    void aBatchThatCouldNotBeStoredIsReadAgainFromItsFirstRecord() {
        consumer.seek(PARTITION, 9);

        progress.rewind(batch(4, 9));

        assertThat(consumer.position(PARTITION)).isEqualTo(4);
    }

    private OptionalLong committed() {
        OffsetAndMetadata offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
    }

    private Sending announce(int count) {
        List<OutgoingRecord> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(OutgoingRecord.of(TOPICS.live(), new RecipientId("ada"), "n" + i));
        }
        return records.begin(all, shown::incrementAndGet);
    }

    private static List<ConsumerRecord<byte[], byte[]>> batch(long from, long to) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            all.add(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, new byte[0], new byte[0]));
        }
        return all;
    }
}
