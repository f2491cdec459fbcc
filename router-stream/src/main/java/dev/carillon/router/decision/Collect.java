package dev.carillon.router.decision;

import dev.carillon.router.decision.Decision.Hold;
import dev.carillon.router.decision.Decision.Opening;
import dev.carillon.router.decision.Decision.Suppress;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.OverCap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rules that tell several notifications together: digest, batch and frequency cap. What has been through one of
 * them is not collected again; what a cap put off is never capped again.
 */
record Collect(Candidate candidate, Channel channel, RecipientState recipient, Instant now) {
    /**
     * For a calendar digest a cap looks back a twentieth less than its period: it comes at the same time of day, and is not
     * over its own cap because it was a moment late the day before, or because the clocks went forward.
     */
    private static final int DIGEST_SLACK = 20;

    /** The wait for a digest, or for the window of the type; null where it is told by itself. */
    @Nullable Decision withOthers(Passed passed) {
        if (candidate.critical() || passed.has(Gate.BATCH) || passed.has(Gate.DIGEST) || passed.has(Gate.CAPPED)) {
            return null;
        }
        Wish wish = Wish.of(candidate, channel, recipient.preferences());
        Hold hold = wish.byDigest() ? nextDigest(wish.schedule(), Gate.DIGEST) : batch();
        if (wish.byDigest() && hold == null) {
            return new Suppress(Reason.DIGEST_OFF);
        }
        return passed.released() ? null : hold;
    }

    private @Nullable Hold batch() {
        Pacing.Collecting collecting = candidate.pacing().batches().get(channel);
        if (collecting == null) {
            return null;
        }
        Slot slot = slot(collecting);
        Pace.Window open = recipient.pace().window(channel, slot);
        if (open == null && collecting.rule().firstAtOnce()) {
            return null;
        }
        Instant end = open == null ? now.plus(collecting.rule().window()) : end(collecting.rule(), open);
        // A window that ended, and is not released yet, takes in what comes meanwhile.
        return new Hold(end.isAfter(now) ? end : now.plusMillis(1), slot, Gate.BATCH);
    }

    private Instant end(Batch rule, Pace.Window open) {
        return switch (rule.mode()) {
            case FIXED -> open.due();
            case SLIDING -> {
                Instant last = open.openedAt().plus(rule.longest());
                Instant slid = now.plus(rule.window());
                yield slid.isBefore(last) ? slid : last;
            }
        };
    }

    /** The window that it opens where it goes out; null for none. */
    @Nullable Opening opening() {
        Pacing.Collecting collecting = candidate.pacing().batches().get(channel);
        return candidate.critical() || collecting == null || !collecting.rule().firstAtOnce()
                ? null
                : new Opening(slot(collecting), now.plus(collecting.rule().window()));
    }

    private Slot slot(Pacing.Collecting collecting) {
        return Slot.batch(String.valueOf(candidate.type()), collecting.key());
    }

    /** What becomes of it where a cap lets no more through; null where none does. */
    @Nullable Decision overCap(Passed passed) {
        if (candidate.critical() || passed.released() || passed.has(Gate.CAPPED) || !isOverCap(passed)) {
            return null;
        }
        Hold hold = candidate.pacing().overCap() == OverCap.DROP ? null : nextDigest(null, Gate.CAPPED);
        return hold == null ? new Suppress(Reason.FREQUENCY_CAP) : hold;
    }

    private boolean isOverCap(Passed passed) {
        for (Cap cap : candidate.pacing().caps()) {
            Duration period = cap.per().length();
            Duration slack = passed.has(Gate.DIGEST) ? period.dividedBy(DIGEST_SLACK) : Duration.ZERO;
            Instant since = now.minus(period.minus(slack));
            if (cap.counts(channel, candidate.category()) && recipient.pace().emitted(cap, since) >= cap.most()) {
                return true;
            }
        }
        return false;
    }

    /** @param schedule null for the recipient's own, which may be none */
    private @Nullable Hold nextDigest(@Nullable DigestSchedule schedule, Gate gate) {
        DigestTimes.Next next = nextDigest(schedule, now);
        if (next == null) {
            return null;
        }
        DigestTimes.Next following = nextDigest(schedule, next.at());
        Duration open = following == null ? Duration.ZERO : Duration.between(next.at(), following.at());
        return new Hold(Decide.spread(next.at(), open, candidate, recipient), Slot.digest(next), gate);
    }

    private DigestTimes.@Nullable Next nextDigest(@Nullable DigestSchedule schedule, Instant after) {
        return schedule == null
                ? DigestTimes.own(recipient.preferences(), recipient.zone(), after)
                : DigestTimes.of(schedule, recipient.zone(), after);
    }
}
