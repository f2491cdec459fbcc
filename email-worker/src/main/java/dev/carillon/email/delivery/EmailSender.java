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
import java.util.List;

/** Sends a delivery as a mail: address, compose, claim, hand over, settle. */
public final class EmailSender implements ChannelSender {

    private final MailAddress from;
    private final MailComposer composer;
    private final MailLedger ledger;
    private final Relay relay;
    private final Clock clock;

    public EmailSender(MailAddress from, MailComposer composer, MailLedger ledger, Relay relay, Clock clock) {
        this.from = from;
        this.composer = composer;
        this.ledger = ledger;
        this.relay = relay;
        this.clock = clock;
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
        Claim claim = Claim.of(delivery);
        return switch (ledger.claim(claim)) {
            case ClaimAnswer.Granted granted -> handOver(claim, granted, new Envelope(from, recipient), message);
            case ClaimAnswer.Busy busy ->
                new DeliveryOutcome.RetryLater(
                        Reason.UNCERTAIN, "another worker is handing it over", busy.until(), List.of());
            case ClaimAnswer.AlreadySent sent -> new DeliveryOutcome.Accepted(sent.detail());
            case ClaimAnswer.TwiceUncertain _ ->
                new DeliveryOutcome.Rejected(
                        Reason.UNCERTAIN, "two hand-overs ended unknown; a third could double the mail");
        };
    }

    private DeliveryOutcome handOver(Claim claim, ClaimAnswer.Granted granted, Envelope envelope, byte[] message)
            throws InterruptedException {
        long longest = relay.longestSend().toNanos();
        SmtpResult result = relay.send(envelope, message, () -> granted.holdsFor(longest));
        HandOver end = HandOver.of(result, granted.uncertain(), clock);
        ledger.settle(claim, end.verdict(), end.detail());
        return end.outcome();
    }
}
