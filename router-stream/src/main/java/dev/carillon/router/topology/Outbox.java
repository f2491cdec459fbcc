package dev.carillon.router.topology;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.RecipientId;
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

    private final List<Sent> sent = new ArrayList<>();
    private final Map<RecipientId, List<NotificationOutcome>> outcomes = new LinkedHashMap<>();

    void deliver(Delivery delivery) {
        sent.add(new Sent(Sinks.deliveries(delivery.channel()), key(delivery.recipient()), Json.write(delivery)));
    }

    /** All outcomes of one recipient leave as one record. */
    void outcome(NotificationOutcome outcome) {
        outcomes.computeIfAbsent(outcome.recipient(), recipient -> new ArrayList<>())
                .add(outcome);
    }

    void dead(byte @Nullable [] key, DeadLetter letter) {
        sent.add(new Sent(Sinks.DEAD_LETTERS, key, Json.write(letter)));
    }

    /** Everything collected, in order, outcomes last. */
    List<Sent> seal() {
        outcomes.forEach((recipient, batch) ->
                sent.add(new Sent(Sinks.OUTCOMES, key(recipient), Json.write(new OutcomeBatch(batch)))));
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
