package dev.carillon.router.decision;

import dev.carillon.router.decision.Decision.Deliver;
import dev.carillon.router.decision.Decision.Hold;
import dev.carillon.router.decision.Decision.Suppress;
import dev.carillon.router.decision.Mutes.Muted;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.QuietWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules, in their order. First what refuses, then what makes wait: nothing is held that would be refused anyway.
 *
 * <ol>
 *   <li>cancelled
 *   <li>expired
 *   <li>already read (e-mail and push; storing in the feed again changes nothing)
 *   <li>own action
 *   <li>muted without an end
 *   <li>recipient × type × channel, recipient × category × channel, recipient × channel, the type's default: the first
 *       that has a word decides
 *   <li>no address
 *   <li>the condition of the channel or of its step is false, or fails
 *   <li>not needed: an earlier step got through
 *   <li>its turn has not come: waits
 *   <li>muted until: e-mail and push wait, in-app is shown silently
 *   <li>scheduled: waits
 *   <li>digest or batch: waits to be told with others, see {@link Collect}
 *   <li>quiet hours: e-mail and push wait, in-app is shown silently; urgent passes unless the recipient refuses that
 *   <li>frequency cap: waits for the next digest or is refused, see {@link Collect}
 *   <li>a wait that would exceed its limit is refused
 * </ol>
 *
 * Of a critical type only cancelled, expired, already read, the type's own channels, conditions and steps, the address
 * and the scheduled time count.
 */
public final class Decide {
    private static final Set<Channel> SHOWN_ON_SCREEN = Set.of(Channel.INAPP, Channel.PUSH);

    private Decide() {}

    /** Decides about {@code candidate} on {@code channel}; the same input always gives the same decision. */
    public static Decision decide(
            Candidate candidate, Channel channel, RecipientState recipient, Passed passed, Instant now) {
        return decide(candidate, channel, Turn.NOW, recipient, passed, now);
    }

    /** @param turn when the turn of {@code channel} comes among the steps of the type */
    public static Decision decide(
            Candidate candidate, Channel channel, Turn turn, RecipientState recipient, Passed passed, Instant now) {
        Suppress refusal = refused(candidate, channel, turn, recipient, passed, now);
        if (refusal != null) {
            return refusal;
        }
        Hold turnToCome = turn(candidate, turn, passed, now);
        Collect collect = new Collect(candidate, channel, recipient, now);
        return switch (turnToCome == null ? wait(collect, passed, now) : turnToCome) {
            case Hold wait when wait.until().isAfter(passed.limit()) -> new Suppress(Reason.HOLD_LIMIT);
            case Hold wait -> wait;
            case Suppress suppress -> suppress;
            case Deliver deliver -> deliver;
        };
    }

    private static @Nullable Suppress refused(
            Candidate candidate, Channel channel, Turn turn, RecipientState recipient, Passed passed, Instant now) {
        Reason refusal = refusal(candidate, channel, recipient, now);
        if (refusal != Reason.NONE) {
            return new Suppress(refusal);
        }
        Unmet unmet = candidate.unmet().get(channel);
        if (unmet != null) {
            return new Suppress(unmet.reason(), unmet.detail());
        }
        return isNotNeeded(turn, passed) ? new Suppress(Reason.STEP_NOT_NEEDED) : null;
    }

    private static Reason refusal(Candidate candidate, Channel channel, RecipientState recipient, Instant now) {
        if (candidate.cancelled()) {
            return Reason.CANCELLED;
        }
        Instant expiresAt = candidate.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            return Reason.EXPIRED;
        }
        if (channel != Channel.INAPP && recipient.reads().contains(candidate)) {
            return Reason.ALREADY_READ;
        }
        if (!candidate.critical() && candidate.ownAction()) {
            return Reason.OWN_ACTION;
        }
        Muted muted = muted(candidate, recipient, now);
        if (muted != null && muted.until() == null) {
            return Reason.MUTED;
        }
        Wish wish = Wish.of(candidate, channel, recipient.preferences());
        return wish.refusal() == Reason.NONE ? address(channel, recipient) : wish.refusal();
    }

    /** Nobody called for it while it waited to take the place of another. */
    private static boolean isNotNeeded(Turn turn, Passed passed) {
        return turn instanceof Turn.Never || passed.gates().contains(Gate.FALLBACK);
    }

    private static Reason address(Channel channel, RecipientState recipient) {
        boolean refused = Boolean.FALSE.equals(recipient.reachable().get(channel));
        return switch (channel) {
            case INAPP -> Reason.NONE;
            case EMAIL -> !recipient.hasEmail() ? Reason.NO_ADDRESS : refused ? Reason.SUPPRESSED_ADDRESS : Reason.NONE;
            case PUSH -> refused ? Reason.NO_SUBSCRIPTION : Reason.NONE;
        };
    }

    private static @Nullable Hold turn(Candidate candidate, Turn turn, Passed passed, Instant now) {
        return switch (turn) {
            case Turn.At(Instant time)
            when time.isAfter(now) && passed.mayHoldFor(Gate.STEP) -> new Hold(time, Slot.single(candidate), Gate.STEP);
            case Turn.Fallback()
            when passed.mayHoldFor(Gate.FALLBACK) -> new Hold(passed.limit(), Slot.single(candidate), Gate.FALLBACK);
            case Turn.At ignored -> null;
            case Turn.Fallback ignored -> null;
            case Turn.Never ignored -> null;
        };
    }

    /** What it waits for, first of all. */
    private static Decision wait(Collect collect, Passed passed, Instant now) {
        Candidate candidate = collect.candidate();
        boolean onScreen = collect.channel() == Channel.INAPP;
        Muted muted = muted(candidate, collect.recipient(), now);
        Instant mutedUntil = muted == null ? null : muted.until();
        if (!onScreen && mutedUntil != null && passed.mayHoldFor(Gate.MUTED)) {
            return new Hold(mutedUntil, Slot.muted(mutedUntil), Gate.MUTED);
        }
        Instant deliverAt = candidate.deliverAt();
        if (deliverAt != null && deliverAt.isAfter(now) && passed.mayHoldFor(Gate.SCHEDULED)) {
            return new Hold(deliverAt, Slot.single(candidate), Gate.SCHEDULED);
        }
        Decision collected = collect.withOthers(passed);
        if (collected != null) {
            return collected;
        }
        Hold quiet = onScreen || !passed.mayHoldFor(Gate.QUIET_HOURS) ? null : quiet(collect, now);
        if (quiet != null) {
            return quiet;
        }
        Decision capped = collect.overCap(passed);
        return capped == null
                ? new Deliver(onScreen && silent(candidate, collect.recipient(), now), collect.opening())
                : capped;
    }

    private static @Nullable Hold quiet(Collect collect, Instant now) {
        Set<Channel> channels = Set.of(collect.channel());
        QuietHours quiet = quietHours(collect.candidate(), collect.recipient());
        Instant end = quiet.quietUntil(channels, now);
        if (end == null) {
            return null;
        }
        Instant until = spread(end, quiet.openFor(channels, end), collect.candidate(), collect.recipient());
        return new Hold(until, Slot.quiet(Gate.QUIET_HOURS), Gate.QUIET_HOURS);
    }

    /** At most a tenth of {@code open}, and not past the expiry of what would still be in time. */
    static Instant spread(Instant end, Duration open, Candidate candidate, RecipientState recipient) {
        Instant due = end.plus(recipient.jitter().below(open.dividedBy(10)));
        Instant expiresAt = candidate.expiresAt();
        boolean tooLate = expiresAt != null && end.isBefore(expiresAt) && !due.isBefore(expiresAt);
        return tooLate ? end : due;
    }

    private static boolean silent(Candidate candidate, RecipientState recipient, Instant now) {
        if (muted(candidate, recipient, now) != null) {
            return true;
        }
        return quietHours(candidate, recipient).quietUntil(SHOWN_ON_SCREEN, now) != null;
    }

    private static @Nullable Muted muted(Candidate candidate, RecipientState recipient, Instant now) {
        return candidate.critical() ? null : Mutes.of(recipient.preferences(), candidate.about(), now);
    }

    /** The windows that {@code candidate} does not pass. */
    private static QuietHours quietHours(Candidate candidate, RecipientState recipient) {
        List<QuietWindow> windows = recipient.preferences().quietHours();
        if (candidate.critical()) {
            windows = List.of();
        } else if (candidate.priority() == Priority.URGENT && !windows.isEmpty()) {
            windows =
                    windows.stream().filter(window -> !window.letsUrgentPass()).toList();
        }
        return new QuietHours(windows, recipient.zone());
    }
}
