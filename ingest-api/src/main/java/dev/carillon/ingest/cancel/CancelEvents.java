package dev.carillon.ingest.cancel;

import dev.carillon.ingest.ledger.Ledger;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.SendBeforeAnswer;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.CancelEvent;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Tells the router and the workers that an event is cancelled: every partition that may have targets of it, on both lanes,
 * in order behind the event itself; and {@code controls}, for what has left the router.
 */
final class CancelEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CancelEvents.class);

    /** At most so many are looked up for whom an event waits, as many as a caller may name. */
    private static final int NAMED = 1_000;

    private static final int AT_ONCE = 4;

    private final RecordSender sender;
    private final Topics topics;
    private final Ledger ledger;
    private final Clock clock;
    private final Duration limit;
    private final Semaphore naming = new Semaphore(AT_ONCE);

    CancelEvents(RecordSender sender, Topics topics, Ledger ledger, Clock clock, Duration limit) {
        this.sender = sender;
        this.topics = topics;
        this.ledger = ledger;
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Returns once the broker has all of it.
     *
     * @param recipients only for these; empty for everybody
     * @throws ProblemException 503 where the broker's word is missing; the caller asks again, twice is as good as once
     */
    void cancel(EventUid event, List<RecipientId> recipients) {
        Instant now = clock.instant();
        List<OutgoingRecord> records = new ArrayList<>();
        tellRouter(records, event, recipients.isEmpty() ? everywhere() : owners(recipients), now);
        TopicSpec controls = topics.controls();
        byte[] control = Json.write(new Control.Cancel(event, recipients, now));
        records.add(new OutgoingRecord(controls, 0, key(event), control, List.of()));
        SendBeforeAnswer.all(sender, records, limit, CancelEvents::unknown);
        if (recipients.isEmpty() && naming.tryAcquire()) {
            Thread.ofVirtual().name("names-of-a-cancel").start(() -> name(event, now));
        }
    }

    /**
     * Says for whom something waits, as far as the ledger knows: the router finds by a recipient's name what it would else
     * drop only when its time has come, which is as right but says "held" until then. So no cancel waits for it, and none
     * does it where {@link #AT_ONCE} others are at it.
     */
    private void name(EventUid event, Instant now) {
        try {
            List<OutgoingRecord> records = new ArrayList<>();
            tellRouter(records, event, owners(ledger.waitingFor(event, NAMED)), now);
            var _ = sender.begin(records, () -> {});
        } catch (DataAccessException e) {
            LOG.warn("a cancel shows later than usual, for the ledger does not say for whom it waits", e);
        } finally {
            naming.release();
        }
    }

    private void tellRouter(
            List<OutgoingRecord> records, EventUid event, Map<Integer, List<RecipientId>> owned, Instant now) {
        owned.forEach((partition, recipients) -> {
            byte[] value = Json.write(new CancelEvent(event, recipients, now));
            for (Lane lane : Lane.values()) {
                records.add(new OutgoingRecord(topics.intake(lane), partition, key(event), value, List.of()));
            }
        });
    }

    private static byte[] key(EventUid event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Map<Integer, List<RecipientId>> everywhere() {
        return IntStream.range(0, topics.settings().partitions())
                .boxed()
                .collect(Collectors.toMap(partition -> partition, partition -> List.of()));
    }

    private Map<Integer, List<RecipientId>> owners(List<RecipientId> recipients) {
        int partitions = topics.settings().partitions();
        return recipients.stream()
                .collect(Collectors.groupingBy(
                        recipient -> Partitions.of(recipient, partitions), TreeMap::new, Collectors.toList()));
    }

    private static ProblemException unknown(Exception cause) {
        return ProblemException.brokerUnavailable(
                "the broker did not acknowledge in time, so it is unknown whether the event is cancelled: ask again",
                Duration.ofSeconds(2),
                cause);
    }
}
