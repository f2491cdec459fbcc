package dev.carillon.ingest.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * When something happens again and again, by clocks on walls: a rule of RFC 5545, section 3.3.10, counted from a start.
 *
 * @param rule without its name, such as {@code FREQ=WEEKLY;BYDAY=MO}
 * @param start only times that the rule names count, from here on
 * @param zone whose clocks; null means each recipient's own
 */
record Recurrence(
        RecurrenceRule rule, LocalDateTime start, @Nullable ZoneId zone) {
    private static final Set<Freq> FREQUENCIES =
            EnumSet.of(Freq.HOURLY, Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    /** Kiribati's: where a local time comes first. */
    private static final ZoneOffset FIRST_ZONE = ZoneOffset.ofHours(14);

    /** @throws IllegalArgumentException with the rule that {@code text} breaks, in words */
    static Recurrence parse(String text, LocalDateTime start, @Nullable ZoneId zone) {
        RecurrenceRule rule = rule(text);
        if (!FREQUENCIES.contains(rule.getFreq())) {
            throw new IllegalArgumentException("FREQ must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
        }
        if (rule.hasPart(Part.BYSECOND) || rule.hasPart(Part.RSCALE)) {
            throw new IllegalArgumentException("must have neither BYSECOND nor RSCALE");
        }
        DateTime until = rule.getUntil();
        if (until != null && (until.isAllDay() || !until.isFloating())) {
            throw new IllegalArgumentException("UNTIL must be a local time as the start is, like 20271231T235900");
        }
        return new Recurrence(rule, start, zone);
    }

    private static RecurrenceRule rule(String text) {
        String bare = text.toUpperCase(Locale.ROOT).startsWith("RRULE:") ? text.substring("RRULE:".length()) : text;
        try {
            return new RecurrenceRule(bare, RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a rule of RFC 5545, like FREQ=WEEKLY;BYDAY=MO: " + e.getMessage());
        }
    }

    /** What is due of it at some moment. */
    record Step(@Nullable LocalDateTime due, @Nullable LocalDateTime following) {}

    /** The first occurrence that is not over at {@code now}; null where there is none. */
    @Nullable LocalDateTime upcoming(Instant now) {
        return step(start, now).following;
    }

    /** Of all occurrences from {@code next} on that have come by {@code now}, the last one; and the one after it. */
    Step step(LocalDateTime next, Instant now) {
        LocalDateTime due = null;
        try {
            RecurrenceRuleIterator occurrences = rule.iterator(dateTime(start));
            if (next.isAfter(start)) {
                occurrences.fastForward(dateTime(next));
            }
            while (occurrences.hasNext()) {
                LocalDateTime occurrence = localTime(occurrences.nextDateTime());
                if (firesAt(occurrence).isAfter(now)) {
                    return new Step(due, occurrence);
                }
                if (!occurrence.isBefore(next)) {
                    due = occurrence;
                }
            }
        } catch (IllegalArgumentException e) {
            // The library gives up on a rule that names no day for a long time.
            return new Step(due, null);
        }
        return new Step(due, null);
    }

    /** When the occurrence has come, for the first whom it concerns. One that the zone skips comes as much later. */
    Instant firesAt(LocalDateTime occurrence) {
        return zone == null
                ? occurrence.toInstant(FIRST_ZONE)
                : occurrence.atZone(zone).toInstant();
    }

    private static DateTime dateTime(LocalDateTime time) {
        return new DateTime(
                time.getYear(),
                time.getMonthValue() - 1,
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }

    private static LocalDateTime localTime(DateTime time) {
        return LocalDateTime.of(
                time.getYear(),
                time.getMonth() + 1,
                time.getDayOfMonth(),
                time.getHours(),
                time.getMinutes(),
                time.getSeconds());
    }
}
