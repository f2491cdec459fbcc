package dev.carillon.email.delivery;

import dev.carillon.email.ledger.Verdict;
import dev.carillon.email.smtp.EnhancedStatus;
import dev.carillon.email.smtp.SmtpReply;
import dev.carillon.email.smtp.SmtpResult;
import dev.carillon.email.smtp.SmtpResult.Obstacle;
import dev.carillon.email.smtp.SmtpResult.Step;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a relay's answer: the ledger's verdict and the worker's outcome. The one place that knows what reply
 * codes mean for a delivery.
 */
record HandOver(Verdict verdict, @Nullable String detail, DeliveryOutcome outcome) {

    /** Login missing, wrong, too weak, or only over TLS (RFC 4954, 6): ours to repair, whatever the mail is. */
    private static final Set<Integer> LOGIN = Set.of(530, 534, 535, 538);

    /** RFC 3463, section 3.3. */
    private static final String MAILBOX_FULL = "4.2.2";

    /** What a deferral notes among what is done of its delivery (parts of a mail there are none): its bounce is counted. */
    static final String COUNTED = "bounce-counted";

    /**
     * Whether the relay did not take the mail because its mailbox is in trouble, which ends one day. Of what only puts a mail
     * off that is a full mailbox alone: greylists and rate limits answer with the other codes of a mailbox too.
     */
    static boolean isSoftBounce(SmtpResult result) {
        return switch (result) {
            case SmtpResult.Refused(Step step, SmtpReply reply) -> isMailboxInTrouble(step, reply);
            case SmtpResult.Deferred(Step step, SmtpReply reply) ->
                step != Step.SENDER && MAILBOX_FULL.equals(reply.enhanced());
            case SmtpResult.Accepted _,
                    SmtpResult.Unsupported _,
                    SmtpResult.Withdrawn _,
                    SmtpResult.Unreachable _,
                    SmtpResult.Uncertain _ -> false;
        };
    }

    private static boolean isMailboxInTrouble(Step step, SmtpReply reply) {
        return step != Step.SENDER && EnhancedStatus.of(reply.enhanced()) == EnhancedStatus.MAILBOX_TROUBLE;
    }

    static HandOver of(SmtpResult result, boolean uncertainBefore, Clock clock) {
        return switch (result) {
            case SmtpResult.Accepted(SmtpReply reply) ->
                new HandOver(Verdict.SENT, reply.toString(), new DeliveryOutcome.Accepted(reply.toString()));
            case SmtpResult.Deferred(Step _, SmtpReply reply) -> deferred(reply, isSoftBounce(result), clock);
            case SmtpResult.Refused(Step step, SmtpReply reply) -> refused(step, reply);
            case SmtpResult.Unsupported(SmtpResult.Missing missing, String reason) -> unsupported(missing, reason);
            case SmtpResult.Unreachable(Obstacle obstacle, String reason) -> unreachable(obstacle, reason);
            case SmtpResult.Withdrawn() -> withdrawn();
            case SmtpResult.Uncertain(String reason) -> uncertain(reason, uncertainBefore);
        };
    }

    /** The relay has done nothing wrong, and what is cancelled or expired by now ends as that. */
    private static HandOver withdrawn() {
        String why = "it was not wanted any more, or its claim would have ended during the hand-over";
        return new HandOver(Verdict.OPEN, why, new DeliveryOutcome.Postponed(why));
    }

    private static HandOver deferred(SmtpReply reply, boolean softBounce, Clock clock) {
        Duration wait = reply.retryAfter();
        Instant notBefore = wait == null ? null : clock.instant().plus(wait);
        String enhanced = reply.enhanced();
        boolean limited = enhanced != null && enhanced.startsWith("4.7.");
        Reason reason = limited ? Reason.RATE_LIMITED : Reason.PROVIDER_BUSY;
        List<String> done = softBounce ? List.of(COUNTED) : List.of();
        return new HandOver(Verdict.OPEN, reply.toString(), new RetryLater(reason, reply.toString(), notBefore, done));
    }

    private static HandOver refused(Step step, SmtpReply reply) {
        if (LOGIN.contains(reply.code())) {
            return open(Reason.AUTHENTICATION_FAILED, reply.toString());
        }
        String enhanced = reply.enhanced();
        if (step != Step.SENDER && EnhancedStatus.of(enhanced) == EnhancedStatus.ADDRESS_GONE) {
            return ended(new AddressGone(Reason.ADDRESS_GONE, reply.toString()), reply.toString());
        }
        boolean tooLarge = reply.code() == 552 || "5.3.4".equals(enhanced);
        return ended(new Rejected(tooLarge ? Reason.TOO_LARGE : Reason.REJECTED, reply.toString()), reply.toString());
    }

    private static HandOver unsupported(SmtpResult.Missing missing, String reason) {
        return switch (missing) {
            case SMTPUTF8 -> ended(new AddressGone(Reason.RELAY_NOT_CAPABLE, reason), reason);
            case SIZE -> ended(new Rejected(Reason.TOO_LARGE, reason), reason);
        };
    }

    private static HandOver uncertain(String reason, boolean before) {
        String detail = "the relay may have it: " + reason;
        return before
                ? new HandOver(Verdict.DEAD, detail, new Rejected(Reason.UNCERTAIN, detail))
                : new HandOver(Verdict.UNKNOWN, detail, new RetryLater(Reason.UNCERTAIN, detail));
    }

    private static HandOver unreachable(Obstacle obstacle, String reason) {
        return switch (obstacle) {
            case NO_SESSION -> open(Reason.CONNECTION_FAILED, reason);
            case LOGIN -> open(Reason.AUTHENTICATION_FAILED, reason);
            case BUSY -> new HandOver(Verdict.OPEN, reason, new DeliveryOutcome.Postponed(reason));
            case BROKEN -> open(Reason.CONNECTION_LOST, reason);
        };
    }

    private static HandOver open(Reason reason, String detail) {
        return new HandOver(Verdict.OPEN, detail, new RetryLater(reason, detail));
    }

    private static HandOver ended(DeliveryOutcome outcome, String detail) {
        return new HandOver(Verdict.REFUSED, detail, outcome);
    }
}
