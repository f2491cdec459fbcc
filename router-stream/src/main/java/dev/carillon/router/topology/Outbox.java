package dev.carillon.router.topology;

import dev.carillon.router.state.RecordSize;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one step sends, collected and written as JSON before any of it goes out. */
final class Outbox {
    /** @param sink name of the sink of the topology */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(String sink, byte @Nullable [] key, byte[] value) {}

    /** The outcomes of one recipient that leave as one record. */
    private static final int MOST_OUTCOMES = 500;

    private final List<Sent> sent = new ArrayList<>();
    private final Map<RecipientId, List<NotificationOutcome>> outcomes = new LinkedHashMap<>();

    /** @throws IllegalArgumentException where it is too large for a record */
    void deliver(Delivery delivery) {
        byte[] value = RecordSize.require(Json.write(delivery), RecordSize.MOST_IN_DEAD_LETTER, "the delivery");
        sent.add(new Sent(Sinks.deliveries(delivery.channel(), delivery.lane()), key(delivery.recipient()), value));
    }

    /** The outcomes of one recipient leave together. */
    void outcome(NotificationOutcome outcome) {
        outcomes.computeIfAbsent(outcome.recipient(), recipient -> new ArrayList<>())
                .add(outcome);
    }

    /** The outcomes collected so far, for a dry run that looks at them before it discards them. */
    List<NotificationOutcome> outcomes() {
        return outcomes.values().stream().flatMap(List::stream).toList();
    }

    /** The deliveries collected so far, likewise. */
    List<Delivery> deliveries() {
        return sent.stream()
                .filter(one -> Sinks.isDeliveries(one.sink()))
                .map(one -> Json.read(one.value(), Delivery.class))
                .toList();
    }

    /** An answer that is too large for a record leaves with less. */
    void answer(Answer answer) {
        byte[] value = Json.write(answer);
        if (value.length > RecordSize.MOST) {
            value = Json.write(answer.shortened("it is too large for a record"));
        }
        sent.add(new Sent(Sinks.ANSWERS, answer.request().getBytes(StandardCharsets.UTF_8), value));
    }

    void reply(Reply reply) {
        byte[] value = RecordSize.require(Json.write(reply), RecordSize.MOST, "a reply");
        sent.add(new Sent(Sinks.REPLIES, reply.request().getBytes(StandardCharsets.UTF_8), value));
    }

    /** A letter that is too large for a record leaves without the value: its topic, partition and offset find it. */
    void dead(byte @Nullable [] key, DeadLetter letter) {
        byte[] value = Json.write(letter);
        if (value.length + (key == null ? 0 : key.length) > RecordSize.MOST) {
            sent.add(new Sent(Sinks.DEAD_LETTERS, null, Json.write(letter.withoutRecord())));
        } else {
            sent.add(new Sent(Sinks.DEAD_LETTERS, key, value));
        }
    }

    /** Everything collected, in order, outcomes last. */
    List<Sent> seal() {
        outcomes.forEach((recipient, all) -> {
            for (int from = 0; from < all.size(); from += MOST_OUTCOMES) {
                var batch = new OutcomeBatch(all.subList(from, Math.min(from + MOST_OUTCOMES, all.size())));
                sent.add(new Sent(Sinks.OUTCOMES, key(recipient), Json.write(batch)));
            }
        });
        outcomes.clear();
        List<Sent> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    void discard() {
        sent.clear();
        outcomes.clear();
    }

    private static byte[] key(RecipientId recipient) {
        return recipient.value().getBytes(StandardCharsets.UTF_8);
    }
}
