package dev.carillon.ingest.document;

import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Weekday;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads when digests go out. */
public final class DigestReader {
    public static final Set<String> KNOWN = Set.of("frequency", "at", "weekday", "day");

    private static final Map<String, Frequency> FREQUENCIES = Vocabulary.named(Frequency.values());
    private static final int MOST_TIMES = 24;

    private DigestReader() {}

    /** Null where something is wrong, which is reported. */
    public static @Nullable DigestSchedule read(Fields fields) {
        Frequency frequency = fields.oneOf("frequency", FREQUENCIES);
        List<LocalTime> at = fields.texts("at", MOST_TIMES, Times::parse);
        Weekday weekday = weekday(fields);
        Integer day = fields.number("day", 1, 31);
        if (!fields.violations().isEmpty()) {
            return null;
        }
        return new DigestSchedule(
                frequency == null ? Frequency.DAILY : frequency,
                at,
                weekday == null ? Weekday.MON : weekday,
                day == null ? 1 : day);
    }

    private static @Nullable Weekday weekday(Fields fields) {
        String text = fields.text("weekday", Integer.MAX_VALUE);
        try {
            return text == null ? null : day(text);
        } catch (IllegalArgumentException e) {
            fields.refuse("weekday", "allowed_values", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** @throws IllegalArgumentException with the rule in words */
    public static Weekday day(String text) {
        try {
            return Weekday.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be one of mon, tue, wed, thu, fri, sat, sun", e);
        }
    }
}
