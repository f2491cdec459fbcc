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
 * @param zone whose clocks, by its name in the IANA database; null means each recipient's own
 */
record Recurrence(
        RecurrenceRule rule, LocalDateTime start, @Nullable String zone) {
    private static final Set<Freq> FREQUENCIES =
            EnumSet.of(Freq.HOURLY, Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    /** They are walked through from the start on, at every occurrence. */
    private static final int MOST_COUNTED = 10_000;

    /** Kiribati's: where a local time comes first. */
    private static final ZoneOffset FIRST_ZONE = ZoneOffset.ofHours(14);

    /** @throws IllegalArgumentException with the rule that {@code text} breaks, in words */
    static Recurrence parse(String text, LocalDateTime start, @Nullable String zone) {
        RecurrenceRule rule = rule(text);
        if (!FREQUENCIES.contains(rule.getFreq())) {
            throw new IllegalArgumentException("FREQ must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
        }
        if (rule.hasPart(Part.BYSECOND) || rule.hasPart(Part.RSCALE)) {
            throw new IllegalArgumentException("must have neither BYSECOND nor RSCALE");
        }
        Integer count = rule.getCount();
        if (count != null && count > MOST_COUNTED) {
            throw new IllegalArgumentException("COUNT must be at most " + MOST_COUNTED);
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
        // No clock is a day behind UTC: what is before that is over everywhere, and is passed over at once.
        LocalDateTime past = LocalDateTime.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        return step(past, now).following;
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

    /** Whether this JVM's tz database has the zone: a newer one drops what an older one had. */
    boolean hasKnownZone() {
        return zone == null || ZoneId.getAvailableZoneIds().contains(zone);
    }

    /** When the occurrence has come, for the first whom it concerns. One that the zone skips comes as much later. */
    Instant firesAt(LocalDateTime occurrence) {
        return zone == null
                ? occurrence.toInstant(FIRST_ZONE)
                : occurrence.atZone(ZoneId.of(zone)).toInstant();
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
