package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.personal.WithoutPerson;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dead letters to a recipient, and those that name her. Hers are discarded, and what is left of them says neither whom nor
 * what they told; those of others are replayed without her.
 */
final class KeptLetters implements KeepsRecipients {
    private static final int PORTION = 50;

    private final ScrubbedLetters letters;
    private final TransactionOperations transactions;
    private final Clock clock;

    KeptLetters(ScrubbedLetters letters, TransactionOperations transactions, Clock clock) {
        this.letters = letters;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void export(RecipientId recipient, ExportParts into) {
        into.table("dead_letter");
        letters.of(recipient, letter -> {
            ObjectNode row = (ObjectNode) Json.mapper().readTree(letter.row());
            JsonNode record = json(letter.value());
            if (record != null) {
                row.set("record", record);
            }
            if (!letter.headers().isEmpty()) {
                row.set(
                        "headers",
                        Json.mapper()
                                .valueToTree(letter.headers().stream()
                                        .map(LetterJson.HeaderJson::of)
                                        .toList()));
            }
            into.add("dead_letter", row);
        });
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        Map<String, Long> changed = new TreeMap<>();
        changed.put("dead_letter", (long) letters.discard(recipient, clock.instant()));
        changed.put("dead_letter_action", (long) letters.pseudonymise(recipient, pseudonym));
        changed.put("dead_letters_of_others", others(recipient, pseudonym));
        return changed;
    }

    /** In portions: a letter may have a megabyte. */
    private long others(RecipientId recipient, String pseudonym) {
        long changed = 0;
        Portion portion = new Portion(0, 0, PORTION);
        while (portion.size == PORTION) {
            long after = portion.last;
            portion = Objects.requireNonNull(
                    transactions.execute(status -> portion(recipient, pseudonym, after)), "a portion");
            changed += portion.changed;
        }
        return changed;
    }

    /** @param last the highest id in it */
    private record Portion(long last, long changed, int size) {}

    private Portion portion(RecipientId recipient, String pseudonym, long after) {
        List<ScrubbedLetters.Naming> found = letters.lockNaming(recipient, after, PORTION);
        long changed = found.stream()
                .filter(letter -> scrub(letter, recipient, pseudonym))
                .count();
        return new Portion(found.isEmpty() ? after : found.getLast().id(), changed, found.size());
    }

    private boolean scrub(ScrubbedLetters.Naming letter, RecipientId recipient, String pseudonym) {
        JsonNode record = json(letter.value());
        boolean hadSomebody = isForSomebody(record, letter.headers());
        List<Header> headers = EventAttributes.without(recipient, pseudonym, letter.headers());
        boolean inValue = record == null ? letter.quoted() : WithoutPerson.remove(record, recipient, pseudonym);
        if (!inValue && headers.equals(letter.headers())) {
            return false;
        }
        boolean nobodyIsLeft = hadSomebody && !isForSomebody(record, headers);
        if (nobodyIsLeft || (inValue && record == null)) {
            letters.discard(letter.id(), clock.instant());
        } else {
            letters.rewrite(letter.id(), record == null || !inValue ? letter.value() : Json.write(record), headers);
        }
        return true;
    }

    /** Whether an event names anybody whom it is for: on its way to the router, or as its publisher wrote it. */
    private static boolean isForSomebody(@Nullable JsonNode record, List<Header> headers) {
        if (record != null && record.has("targets")) {
            return WithoutPerson.hasTargets(record.path("targets"));
        }
        ObjectNode attributes = EventAttributes.of(headers);
        return WithoutPerson.hasTargets(attributes.isEmpty() && record != null ? record : attributes);
    }

    /** Null where it is none. */
    private static @Nullable JsonNode json(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            return Json.mapper().readTree(new String(value, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return null;
        }
    }
}
