package dev.carillon.email.delivery;

import dev.carillon.email.catalogue.About;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.Senders;
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

    private final Senders senders;
    private final MailComposer composer;
    private final MailLedger ledger;
    private final Stops stops;
    private final Relay relay;
    private final Clock clock;
    private final Semaphore turns;

    public EmailSender(
            Senders senders, MailComposer composer, MailLedger ledger, Stops stops, Relay relay, Clock clock) {
        this.senders = senders;
        this.stops = stops;
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
        About about = About.of(delivery);
        Claim claim = Claim.of(delivery, stops.about(delivery, about, recipient));
        return inTurn(claim, new Envelope(senders.address(about.type()), recipient), message);
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
            case ClaimAnswer.Granted granted ->
                settle(claim, envelope.recipient(), granted, Objects.requireNonNull(result));
            case ClaimAnswer.Busy busy ->
                new DeliveryOutcome.RetryLater(
                        Reason.UNCERTAIN, "another worker is handing it over", busy.until(), List.of());
            case ClaimAnswer.Suppressed _ -> {
                stops.met(claim.recipient(), envelope.recipient());
                yield new DeliveryOutcome.Skipped(Reason.SUPPRESSED_ADDRESS);
            }
            case ClaimAnswer.Unsubscribed _ -> new DeliveryOutcome.Skipped(Reason.UNSUBSCRIBED);
            case ClaimAnswer.AlreadySent sent -> new DeliveryOutcome.Accepted(sent.detail());
            case ClaimAnswer.TwiceUncertain _ ->
                new DeliveryOutcome.Rejected(
                        Reason.UNCERTAIN, "two hand-overs ended unknown; a third could double the mail");
        };
    }

    private DeliveryOutcome settle(Claim claim, MailAddress address, ClaimAnswer.Granted granted, SmtpResult result)
            throws InterruptedException {
        HandOver end = HandOver.of(result, granted.uncertain(), clock);
        ledger.settle(claim, end.verdict(), end.detail());
        stops.learn(claim.recipient(), address, result, end);
        return end.outcome();
    }
}
