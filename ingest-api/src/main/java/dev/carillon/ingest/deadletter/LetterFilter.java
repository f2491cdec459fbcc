package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; what is null does not matter.
 *
 * @param from of the letter's own time, inclusive
 * @param to exclusive
 */
record LetterFilter(
        @Nullable String channel,
        @Nullable String reason,
        @Nullable String recipient,
        @Nullable UUID event,
        @Nullable Instant from,
        @Nullable Instant to) {
    static final Set<String> KNOWN = Set.of("channel", "reason", "recipient", "event", "from", "to");

    static final LetterFilter EVERYTHING = new LetterFilter(null, null, null, null, null, null);

    private static final Map<String, String> CHANNELS = channels();
    private static final Map<String, Reason> REASONS = Vocabulary.named(Reason.values());

    static LetterFilter read(Fields fields) {
        Reason reason = fields.oneOf("reason", REASONS);
        LetterFilter filter = new LetterFilter(
                fields.oneOf("channel", CHANNELS),
                reason == null ? null : reason.code(),
                recipient(fields),
                event(fields),
                fields.time("from"),
                fields.time("to"));
        if (filter.from() != null && filter.to() != null && !filter.from().isBefore(filter.to())) {
            fields.refuse("to", "order", "must be later than from");
        }
        return filter;
    }

    boolean isEverything() {
        return equals(EVERYTHING);
    }

    private static @Nullable String recipient(Fields fields) {
        String id = fields.text("recipient", Integer.MAX_VALUE);
        if (id != null && !RecipientId.isValid(id)) {
            fields.refuse("recipient", "format", RecipientId.RULE);
        }
        return id;
    }

    private static @Nullable UUID event(Fields fields) {
        String uid = fields.text("event", Integer.MAX_VALUE);
        try {
            return uid == null ? null : UUID.fromString(uid);
        } catch (IllegalArgumentException e) {
            fields.refuse("event", "format", "must be an event's uid: a UUID");
            return null;
        }
    }

    private static Map<String, String> channels() {
        Map<String, String> channels = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            channels.put(channel.code(), channel.code());
        }
        channels.put(Service.ROUTER_STREAM.code(), Service.ROUTER_STREAM.code());
        channels.put(Service.INGEST_API.code(), Service.INGEST_API.code());
        return channels;
    }
}
