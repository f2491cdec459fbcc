package dev.carillon.inapp.feed;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.delivery.DeadLetters;
import dev.carillon.platform.delivery.DeliveryDecoder;
import dev.carillon.platform.delivery.Outcomes;
import dev.carillon.platform.delivery.Received;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.logging.LogIds;
import dev.carillon.platform.tracing.Stage;
import dev.carillon.platform.tracing.TraceSpan;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes a batch from the channel's topic: what can be stored is, what is cancelled is not, and what cannot be read or stored becomes a
 * dead letter.
 */
final class FeedIntake {
    private static final Logger LOG = LoggerFactory.getLogger(FeedIntake.class);

    private static final ChannelOutcome CANCELLED =
            ChannelOutcome.of(Channel.INAPP, OutcomeState.CANCELLED, Reason.CANCELLED);

    private final DeliveryDecoder decoder = new DeliveryDecoder(Channel.INAPP);
    private final StoreNotifications feed;
    private final FeedReader rows;
    private final Cancellations cancellations;
    private final TopicSpec outcomes;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final Tracing tracing;

    FeedIntake(
            StoreNotifications feed,
            FeedReader rows,
            Cancellations cancellations,
            Topics topics,
            Clock clock,
            Tracing tracing) {
        this.feed = feed;
        this.rows = rows;
        this.cancellations = cancellations;
        this.outcomes = topics.outcomes();
        this.deadLetters = new DeadLetters(topics.dead(Channel.INAPP), clock);
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * Returns when everything is stored.
     *
     * @return what must be told of the whole batch before it counts as done
     * @throws DataAccessException the database does not work now; the batch may be given again
     */
    Announcement take(List<ConsumerRecord<byte[], byte[]>> batch) {
        Taken taken = new Taken();
        List<Read> read = read(batch, taken);
        Set<FeedKey> stored = stored(read.stream()
                .filter(one -> one.isCut() && !isErased(one.whole()))
                .map(one -> key(one.whole()))
                .toList());
        Instant now = clock.instant();
        List<Received> received = new ArrayList<>(read.size());
        List<NotificationOutcome> cancelled = new ArrayList<>();
        for (Read one : read) {
            Delivery rest = stored.contains(key(one.whole())) ? one.whole() : one.rest();
            if (rest == null) {
                cancelled.add(NotificationOutcome.of(one.whole().notification(), now, List.of(CANCELLED)));
            } else {
                received.add(new Received(one.record(), rest));
                cancelled.addAll(Outcomes.takenBack(one.whole(), rest, now));
            }
        }
        received.forEach(one -> taken.spans.add(begin(one.delivery())));
        store(received, taken);
        taken.records.addAll(Outcomes.pack(outcomes, cancelled));
        return new Announcement(taken.records, taken.acceptedAt, taken.spans);
    }

    /** @param rest what is not cancelled of it, the same where nothing is; null where everything is */
    private record Read(
            ConsumerRecord<byte[], byte[]> record,
            Delivery whole,
            @Nullable Delivery rest) {
        @SuppressWarnings("ReferenceEquality") // the same where nothing of it is cancelled
        boolean isCut() {
            return rest != whole;
        }
    }

    private List<Read> read(List<ConsumerRecord<byte[], byte[]>> batch, Taken taken) {
        List<Read> read = new ArrayList<>(batch.size());
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            try {
                Delivery delivery = cancellations.visible(decoder.decode(record.value()));
                read.add(new Read(record, delivery, cancellations.rest(delivery)));
            } catch (MalformedRecordException e) {
                taken.records.add(deadLetters.of(record, Reason.MALFORMED, String.valueOf(e.getMessage())));
            }
        }
        return read;
    }

    /** Those that an earlier reading of the same records has stored: they are told, whatever was cancelled since. */
    private Set<FeedKey> stored(List<FeedKey> keys) {
        return keys.isEmpty()
                ? Set.of()
                : rows.rows(keys).stream().map(FeedRow::key).collect(Collectors.toSet());
    }

    private boolean isErased(Delivery delivery) {
        return cancellations.isErased(
                delivery.recipient(), delivery.notification().createdAt());
    }

    private static FeedKey key(Delivery delivery) {
        return new FeedKey(delivery.recipient(), delivery.notification().id().value());
    }

    private static final class Taken {
        private final List<OutgoingRecord> records = new ArrayList<>();
        private final List<Instant> acceptedAt = new ArrayList<>();
        private final List<TraceSpan> spans = new ArrayList<>();
    }

    private TraceSpan begin(Delivery delivery) {
        Notification about = delivery.notification();
        return tracing.begin(Stage.DELIVER_INAPP, delivery.traceparent())
                .event(about.event().value(), about.type())
                .notification(about.id().value());
    }

    /** What the database refuses for its content is found by halving. */
    private void store(List<Received> received, Taken taken) {
        try {
            Announcement stored =
                    feed.store(received.stream().map(Received::delivery).toList());
            taken.records.addAll(stored.records());
            taken.acceptedAt.addAll(stored.acceptedAt());
        } catch (DataAccessException e) {
            if (!ContentRefused.is(e)) {
                throw e;
            }
            int size = received.size();
            if (size == 1) {
                refused(received.getFirst(), e, taken);
            } else {
                store(received.subList(0, size / 2), taken);
                store(received.subList(size / 2, size), taken);
            }
        }
    }

    /** What the database says of it may repeat what stands there, and is for the dead letter alone. */
    private void refused(Received one, DataAccessException failure, Taken taken) {
        String why =
                "the database refuses it: " + failure.getMostSpecificCause().getMessage();
        taken.records.add(deadLetters.of(one.record(), Reason.MALFORMED, why));
        Delivery delivery = one.delivery();
        try (var _ = new LogIds(delivery.notification())) {
            LOG.error("delivery {} is refused by the database and goes to the dead letters", delivery.id());
        }
    }
}
