package dev.carillon.ingest.intake;

import dev.carillon.ingest.document.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When an event is delivered: from a moment on, or from a time by each recipient's own clock on, and not any more once it
 * has expired.
 */
record DeliveryTimes(
        @Nullable Instant deliverAt,
        @Nullable LocalDateTime deliverAtLocal,
        @Nullable Instant expiresAt) {
    /** Clocks differ, and an event that was answered with 503 is sent again. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final ZoneOffset FIRST_ZONE = ZoneOffset.ofHours(14);
    private static final ZoneOffset LAST_ZONE = ZoneOffset.ofHours(-12);

    /** Reads {@code deliver_at} and {@code expires_at}. */
    static DeliveryTimes read(Fields fields, Instant now) {
        var node = fields.get("deliver_at");
        LocalDateTime local = node != null && node.isObject() ? local(fields) : null;
        Instant moment = node == null || node.isObject() ? null : fields.time("deliver_at");
        Instant first = local == null ? moment : local.toInstant(FIRST_ZONE);
        Instant last = local == null ? moment : local.toInstant(LAST_ZONE);
        if (last != null && last.isBefore(now.minus(GRACE))) {
            fields.refuse("deliver_at", "range", "must not be in the past");
        }
        if (first != null && first.isAfter(now.plus(Limits.DELIVER_AHEAD))) {
            fields.refuse("deliver_at", "range", "must be at most " + Limits.DELIVER_AHEAD.toDays() + " days ahead");
        }
        return new DeliveryTimes(moment, local, expiresAt(fields, last, now));
    }

    private static @Nullable LocalDateTime local(Fields fields) {
        Fields object = fields.object("deliver_at", Set.of("local"));
        if (object == null) {
            return null;
        }
        String text = object.requiredLabel("local", Limits.NAME);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            object.refuse("local", "format", "must be a date and time without an offset, like 2026-12-01T09:00");
            return null;
        }
    }

    private static @Nullable Instant expiresAt(Fields fields, @Nullable Instant delivered, Instant now) {
        Instant expiresAt = fields.time("expires_at");
        if (expiresAt == null) {
            return null;
        }
        if (!expiresAt.isAfter(now)) {
            fields.refuse("expires_at", "range", "must be in the future");
        }
        if (delivered != null && !expiresAt.isAfter(delivered)) {
            fields.refuse("expires_at", "range", "must be after deliver_at, in every zone where that is a local time");
        }
        return expiresAt;
    }
}
