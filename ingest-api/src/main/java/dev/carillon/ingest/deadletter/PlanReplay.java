package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.recipient.CurrentAddresses;
import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.delivery.DeliveryDecoder;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Says what a replay of a letter comes to: a delivery begins anew on its channel, with all its attempts; any other record
 * goes back to its topic as it was. A delivery that cannot be read goes to its channel as it is, for a newer worker.
 */
final class PlanReplay {
    /** Names the letter; the router decides such an event although it has seen it, once for each name. */
    static final String HEADER = "carillon-replay";

    private final Topics topics;
    private final Map<String, TopicSpec> known = new HashMap<>();
    private final CurrentAddresses addresses;
    private final Supplier<Cancellations> cancellations;
    private final Clock clock;

    PlanReplay(Topics topics, CurrentAddresses addresses, Supplier<Cancellations> cancellations, Clock clock) {
        this.topics = topics;
        this.addresses = addresses;
        this.cancellations = cancellations;
        this.clock = clock;
        topics.all().forEach(topic -> known.put(topic.name(), topic));
    }

    Plan of(LetterRow letter) {
        if (!letter.record().isKept()) {
            return new Plan.Impossible(Plan.Why.NO_RECORD);
        }
        for (Channel channel : Channel.values()) {
            if (channel.code().equals(letter.channel())) {
                return delivery(letter, channel);
            }
        }
        return other(letter);
    }

    private Plan delivery(LetterRow letter, Channel channel) {
        Delivery delivery;
        try {
            delivery = new DeliveryDecoder(channel).decode(letter.record().value());
        } catch (MalformedRecordException e) {
            return asItWas(letter, topics.deliveries(channel));
        }
        if (isPast(delivery.notification().expiresAt())) {
            return new Plan.Obsolete(Plan.Why.EXPIRED);
        }
        if (cancellations.get().rest(delivery) == null) {
            return new Plan.Obsolete(Plan.Why.CANCELLED);
        }
        Delivery anew = delivery.withAttempts(attempts(letter, delivery.attempts()));
        if (channel == Channel.EMAIL) {
            Address now = addresses.now(delivery.recipient(), delivery.address());
            if (now == null) {
                return new Plan.Obsolete(Plan.Why.RECIPIENT_GONE);
            }
            anew = anew.withAddress(now);
        }
        TopicSpec topic = topics.deliveries(channel, delivery.lane());
        byte[] key = delivery.recipient().value().getBytes(StandardCharsets.UTF_8);
        return new Plan.Send(OutgoingRecord.owned(topic, delivery.recipient(), key, Json.write(anew), header(letter)));
    }

    /** All attempts again, but for a mail that may have arrived: the mail ledger grants that one a later attempt only. */
    private static Attempts attempts(LetterRow letter, Attempts before) {
        boolean uncertain = letter.reason().equals(Reason.UNCERTAIN.code());
        return new Attempts(uncertain ? before.made() + 1 : 0, null, null, before.done(), null);
    }

    private Plan other(LetterRow letter) {
        TopicSpec topic = known.get(letter.record().topic());
        if (topic == null) {
            return new Plan.Impossible(Plan.Why.UNKNOWN_TOPIC);
        }
        Plan.Why obsolete = obsolete(letter.record().value());
        return obsolete == null ? asItWas(letter, topic) : new Plan.Obsolete(obsolete);
    }

    private Plan.@Nullable Why obsolete(byte @Nullable [] value) {
        try {
            if (!(Json.read(value, IntakeRecord.class) instanceof IntakeRecord.RouteEvent route)) {
                return null;
            }
            if (isPast(route.event().expiresAt())) {
                return Plan.Why.EXPIRED;
            }
            return isCancelled(route) ? Plan.Why.CANCELLED : null;
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    /** Where audiences are among the targets, the router finds out for whom. */
    private boolean isCancelled(IntakeRecord.RouteEvent route) {
        Cancellations cancelled = cancellations.get();
        return !route.targets().everywhere()
                && !route.targets().recipients().isEmpty()
                && route.targets().recipients().stream()
                        .allMatch(recipient -> cancelled.covers(route.event().uid(), recipient));
    }

    private static Plan asItWas(LetterRow letter, TopicSpec topic) {
        int partition = letter.record().partition() % topic.partitions();
        Stream<Header> own = letter.record().headers().stream()
                .filter(header -> !header.name().equals(HEADER))
                .map(header -> new RecordHeader(header.name(), header.value()));
        List<Header> headers = Stream.concat(own, Stream.of(header(letter))).toList();
        return new Plan.Send(new OutgoingRecord(
                topic, partition, letter.record().key(), letter.record().value(), headers));
    }

    private static Header header(LetterRow letter) {
        return new RecordHeader(HEADER, Long.toString(letter.id()).getBytes(StandardCharsets.UTF_8));
    }

    private boolean isPast(@Nullable Instant expiry) {
        return expiry != null && !expiry.isAfter(clock.instant());
    }
}
