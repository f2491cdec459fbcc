package dev.carillon.email.delivery;

import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.ledger.Claim;
import dev.carillon.email.ledger.ClaimAnswer;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.smtp.Envelope;
import dev.carillon.email.smtp.MailAddress;
import dev.carillon.email.smtp.Relay;
import dev.carillon.email.smtp.SmtpResult;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a delivery as a mail: address, compose, claim, hand over, settle. Claims are made just before the hand-over: a mail
 * that is claimed when its worker dies counts as handed over.
 */
public final class EmailSender implements ChannelSender {
    /** A claim takes as long as some hand-overs; so many keep a session busy. */
    private static final int CLAIMED_PER_SESSION = 8;

    /** Leaves the rest of an attempt's 10 s to the hand-over. */
    private static final Duration TURN_PATIENCE = Duration.ofSeconds(1);

    private final MailAddress from;
    private final MailComposer composer;
    private final MailLedger ledger;
    private final Relay relay;
    private final Clock clock;
    private final Semaphore turns;

    public EmailSender(MailAddress from, MailComposer composer, MailLedger ledger, Relay relay, Clock clock) {
        this.from = from;
        this.composer = composer;
        this.ledger = ledger;
        this.relay = relay;
        this.clock = clock;
        this.turns = new Semaphore(CLAIMED_PER_SESSION * relay.sessions(), true);
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public DeliveryOutcome send(Delivery delivery) throws InterruptedException {
        String email = delivery.address().email();
        if (email == null || email.isBlank()) {
            return new DeliveryOutcome.Skipped(Reason.NO_ADDRESS);
        }
        MailAddress recipient;
        try {
            recipient = MailAddress.parse(email.strip());
        } catch (IllegalArgumentException e) {
            return new DeliveryOutcome.AddressGone(Reason.ADDRESS_INVALID, String.valueOf(e.getMessage()));
        }
        byte[] message = composer.compose(delivery, recipient);
        if (!turns.tryAcquire(TURN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return new DeliveryOutcome.Postponed("the relay's sessions are busy");
        }
        return inTurn(Claim.of(delivery), new Envelope(from, recipient), message);
    }

    private DeliveryOutcome inTurn(Claim claim, Envelope envelope, byte[] message) throws InterruptedException {
        ClaimAnswer answer;
        @Nullable SmtpResult result = null;
        try {
            answer = ledger.claim(claim);
            if (answer instanceof ClaimAnswer.Granted granted) {
                long longest = relay.longestSend().toNanos();
                result = relay.send(envelope, message, () -> granted.holdsFor(longest));
            }
        } finally {
            turns.release();
        }
        return switch (answer) {
            case ClaimAnswer.Granted granted -> settle(claim, granted, Objects.requireNonNull(result));
            case ClaimAnswer.Busy busy ->
                new DeliveryOutcome.RetryLater(
                        Reason.UNCERTAIN, "another worker is handing it over", busy.until(), List.of());
            case ClaimAnswer.AlreadySent sent -> new DeliveryOutcome.Accepted(sent.detail());
            case ClaimAnswer.TwiceUncertain _ ->
                new DeliveryOutcome.Rejected(
                        Reason.UNCERTAIN, "two hand-overs ended unknown; a third could double the mail");
        };
    }

    private DeliveryOutcome settle(Claim claim, ClaimAnswer.Granted granted, SmtpResult result)
            throws InterruptedException {
        HandOver end = HandOver.of(result, granted.uncertain(), clock);
        ledger.settle(claim, end.verdict(), end.detail());
        return end.outcome();
    }
}
