package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The last item of a page: the next page begins below it, whatever has come or gone above. As text it also carries a hash
 * of its recipient, so that somebody else's is refused rather than misread.
 */
record Cursor(Instant shownAt, UUID id) {
    /** What the database can compare with; items are never outside. */
    private static final long MAX_MICROS =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));

    private static final int BYTES = Long.BYTES + 2 * Long.BYTES + Integer.BYTES;

    static Cursor after(FeedItem item) {
        return new Cursor(item.shownAt(), item.id());
    }

    String encode(RecipientId recipient) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, shownAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(recipient.value().hashCode());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Empty where {@code text} is no cursor of {@code recipient}. */
    static Optional<Cursor> decode(String text, RecipientId recipient) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long micros = buffer.getLong();
        if (micros < 0 || micros > MAX_MICROS) {
            return Optional.empty();
        }
        Instant shownAt = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        return buffer.getInt() == recipient.value().hashCode()
                ? Optional.of(new Cursor(shownAt, id))
                : Optional.empty();
    }
}
