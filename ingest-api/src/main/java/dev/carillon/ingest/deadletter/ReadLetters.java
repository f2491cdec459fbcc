package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.deadletter.LetterRow.About;
import dev.carillon.ingest.deadletter.LetterRow.FailedRecord;
import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.platform.delivery.DeliveryDecoder;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the dead letter topics into the table. What is no dead letter is counted and passed over. */
final class ReadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(ReadLetters.class);

    private final LetterTable table;
    private final Map<String, String> channels = new HashMap<>();
    private final ErasedTable erased;
    private final Counter unreadable;

    ReadLetters(LetterTable table, ErasedTable erased, Topics topics, Counter unreadable) {
        this.erased = erased;
        this.table = table;
        this.unreadable = unreadable;
        for (Channel channel : Channel.values()) {
            channels.put(topics.dead(channel).name(), channel.code());
        }
        for (Service service : List.of(Service.ROUTER_STREAM, Service.INGEST_API)) {
            channels.put(topics.dead(service).name(), service.code());
        }
    }

    /** What writes the records of one poll. */
    Runnable prepare(List<ConsumerRecord<byte[], byte[]>> records) {
        List<LetterRow> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                letters.add(letter(record));
            } catch (RuntimeException e) {
                unreadable.increment();
                LOG.warn("{}-{}@{} is no dead letter", record.topic(), record.partition(), record.offset(), e);
            }
        }
        return () -> kept(letters).forEach(table::insert);
    }

    /** Not what comes late of somebody who was erased. */
    private List<LetterRow> kept(List<LetterRow> letters) {
        ErasedTable.Covers gone = erased.of(
                letters.stream().flatMap(letter -> recipient(letter).stream()).toList());
        return letters.stream()
                .filter(letter -> recipient(letter)
                        .filter(who -> gone.covers(who, letter.at()))
                        .isEmpty())
                .toList();
    }

    private static Optional<RecipientId> recipient(LetterRow letter) {
        return Optional.ofNullable(letter.about().recipient())
                .filter(RecipientId::isValid)
                .map(RecipientId::new);
    }

    private LetterRow letter(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new MalformedRecordException("a dead letter has a value", null);
        }
        DeadLetter letter = Json.read(record.value(), DeadLetter.class);
        String channel = channels.getOrDefault(record.topic(), record.topic());
        FailedRecord failed = new FailedRecord(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                DeadLetter.decode(letter.keyBase64()),
                DeadLetter.decode(letter.valueBase64()),
                readable(letter.headers()));
        return new LetterRow(
                0,
                channel,
                clean(letter.reason()),
                clean(Objects.requireNonNullElse(letter.detail(), "")),
                Objects.requireNonNull(letter.at()),
                failed,
                about(channel, failed.value(), letter.reason()),
                LetterState.OPEN,
                letter.at(),
                null,
                null);
    }

    private static About about(String channel, byte @Nullable [] value, String reason) {
        try {
            for (Channel known : Channel.values()) {
                if (value != null && known.code().equals(channel)) {
                    return of(new DeliveryDecoder(known).decode(value), reason);
                }
            }
            return value == null ? About.NOTHING : of(Json.read(value, IntakeRecord.class));
        } catch (MalformedRecordException e) {
            LOG.debug("it says nothing of whom or what it is about", e);
            return About.NOTHING;
        }
    }

    /** The record is as it was before the attempt that failed; what expired meanwhile was not attempted again. */
    private static About of(Delivery delivery, String reason) {
        boolean attempted = !reason.equals(Reason.MALFORMED.code());
        return new About(
                delivery.recipient().value(),
                delivery.notification().id().value(),
                delivery.notification().event().value(),
                type(delivery.notification().type()),
                delivery.attempts().made() + (attempted ? 1 : 0));
    }

    private static About of(IntakeRecord record) {
        if (!(record instanceof IntakeRecord.RouteEvent route)) {
            return About.NOTHING;
        }
        List<RecipientId> recipients = route.targets().recipients();
        boolean alone = recipients.size() == 1 && !route.targets().everywhere();
        return new About(
                alone ? recipients.getFirst().value() : null,
                null,
                route.event().uid().value(),
                type(route.event().type()),
                0);
    }

    /** @throws IllegalArgumentException where one of them is no Base64 */
    private static List<Header> readable(List<Header> headers) {
        headers.forEach(Header::value);
        return headers;
    }

    /** PostgreSQL has no U+0000, and one letter must not stop the others. */
    private static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static @Nullable String type(@Nullable String name) {
        return name == null ? null : clean(name);
    }
}
