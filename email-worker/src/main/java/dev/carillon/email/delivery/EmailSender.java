package dev.carillon.email.delivery;

import dev.carillon.email.catalogue.About;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.ledger.Claim;
import dev.carillon.email.ledger.ClaimAnswer;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.smtp.Admission;
import dev.carillon.email.smtp.Admitted;
import dev.carillon.email.smtp.Envelope;
import dev.carillon.email.smtp.MailAddress;
import dev.carillon.email.smtp.Relays;
import dev.carillon.email.smtp.SmtpResult;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a delivery as a mail: address, find its relay, compose, claim, hand over, settle. Claims are made just before the hand-over: a mail
 * that is claimed when its worker dies counts as handed over.
 */
public final class EmailSender implements ChannelSender {
    private final Senders senders;
    private final MailComposer composer;
    private final MailLedger ledger;
    private final Stops stops;
    private final Relays relays;
    private final Clock clock;

    public EmailSender(
            Senders senders, MailComposer composer, MailLedger ledger, Stops stops, Relays relays, Clock clock) {
        this.senders = senders;
        this.stops = stops;
        this.composer = composer;
        this.ledger = ledger;
        this.relays = relays;
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public boolean hasOneProvider() {
        return !relays.several();
    }

    @Override
    public boolean isDown() {
        return relays.allDown();
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
        About about = About.of(delivery);
        boolean waited = delivery.attempts().waitingSince() != null;
        Relays.Mail mail = new Relays.Mail(about.type(), about.category(), delivery.lane(), waited);
        Claim claim = Claim.of(delivery, stops.about(delivery, about, recipient));
        Envelope envelope = new Envelope(senders.address(about.type()), recipient);
        return switch (relays.enter(mail, recipient)) {
            case Admission.Later later -> new DeliveryOutcome.Postponed(later.why(), later.notBefore());
            case Admitted relay -> inTurn(relay, claim, envelope, () -> composer.compose(delivery, recipient));
        };
    }

    private DeliveryOutcome inTurn(Admitted relay, Claim claim, Envelope envelope, Supplier<byte[]> compose)
            throws InterruptedException {
        ClaimAnswer answer;
        @Nullable SmtpResult result = null;
        try (relay) {
            byte[] message = compose.get();
            answer = ledger.claim(claim);
            if (answer instanceof ClaimAnswer.Granted granted) {
                long longest = relay.longestSend().toNanos();
                result = relay.send(envelope, message, () -> granted.holdsFor(longest));
            }
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
