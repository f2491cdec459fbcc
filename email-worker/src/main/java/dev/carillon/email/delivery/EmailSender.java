package dev.carillon.email.delivery;

import dev.carillon.email.attachment.Attachments;
import dev.carillon.email.attachment.Gathered;
import dev.carillon.email.catalogue.About;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.ledger.Claim;
import dev.carillon.email.ledger.ClaimAnswer;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.ledger.Verdict;
import dev.carillon.email.smtp.Admission;
import dev.carillon.email.smtp.Admitted;
import dev.carillon.email.smtp.Envelope;
import dev.carillon.email.smtp.Relays;
import dev.carillon.email.smtp.SmtpResult;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
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
    private final Attachments attachments;
    private final Relays relays;
    private final Clock clock;

    public EmailSender(Making making, MailLedger ledger, Stops stops, Relays relays, Clock clock) {
        this.senders = making.senders();
        this.composer = making.composer();
        this.attachments = making.attachments();
        this.stops = stops;
        this.ledger = ledger;
        this.relays = relays;
        this.clock = clock;
    }

    /** What makes the messages. */
    public record Making(Senders senders, MailComposer composer, Attachments attachments) {}

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
        return send(delivery, () -> true);
    }

    @Override
    public DeliveryOutcome send(Delivery delivery, BooleanSupplier stillWanted) throws InterruptedException {
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
        long deadline = System.nanoTime() + EmailWorkerSettings.HAND_OVER_ENDS.toNanos();
        About about = About.of(delivery);
        boolean waited = delivery.attempts().waitingSince() != null;
        Relays.Mail mail = new Relays.Mail(about.type(), about.category(), delivery.lane(), waited);
        Claim claim = Claim.of(delivery, stops.about(delivery, about, recipient));
        Envelope envelope = senders.envelope(about.type(), recipient);
        return switch (attachments.gather(delivery, relays.takes(mail))) {
            case Gathered.Unavailable(String why) -> new DeliveryOutcome.RetryLater(Reason.ATTACHMENT_UNAVAILABLE, why);
            case Gathered.Refused(String why) -> new DeliveryOutcome.Rejected(Reason.ATTACHMENT_REFUSED, why);
            case Gathered.NoRoom() -> new DeliveryOutcome.Postponed("as many attachments are being sent as may");
            case Gathered.Files files -> {
                try (files) {
                    yield switch (relays.enter(mail, recipient)) {
                        case Admission.Later later -> new DeliveryOutcome.Postponed(later.why(), later.notBefore());
                        case Admitted relay ->
                            inTurn(
                                    new Turn(delivery, claim, envelope, relay.within(deadline), stillWanted),
                                    () -> composer.compose(delivery, recipient, files.files()));
                    };
                }
            }
        };
    }

    /** A mail with its place at a relay. */
    private record Turn(
            Delivery delivery, Claim claim, Envelope envelope, Admitted relay, BooleanSupplier stillWanted) {}

    @SuppressWarnings("ReferenceEquality") // the same where nothing of it is stopped
    private DeliveryOutcome inTurn(Turn turn, Supplier<byte[]> compose) throws InterruptedException {
        Claim claim = turn.claim();
        @Nullable Delivery rest = turn.delivery();
        ClaimAnswer answer;
        @Nullable SmtpResult result = null;
        try (Admitted relay = turn.relay()) {
            byte[] message = compose.get();
            Instant asked = clock.instant();
            answer = ledger.claim(claim);
            if (answer instanceof ClaimAnswer.Granted granted) {
                rest = stops.rest(turn.delivery(), granted.stopped());
                if (rest == turn.delivery()) {
                    LastLook look = lastLook(turn, granted, asked);
                    result = relay.send(turn.envelope(), message, look::mayGo);
                }
            }
        }
        return switch (answer) {
            case ClaimAnswer.Granted granted ->
                result == null ? withoutStopped(claim, rest) : settle(turn, granted, result);
            case ClaimAnswer.Busy _ -> new DeliveryOutcome.Postponed("another worker is handing it over");
            case ClaimAnswer.Suppressed _ -> {
                stops.met(claim.recipient(), turn.envelope().recipient());
                yield new DeliveryOutcome.Skipped(Reason.SUPPRESSED_ADDRESS);
            }
            case ClaimAnswer.Unsubscribed _ -> new DeliveryOutcome.Skipped(Reason.UNSUBSCRIBED);
            case ClaimAnswer.AlreadySent sent -> new DeliveryOutcome.Accepted(sent.detail());
            case ClaimAnswer.TwiceUncertain _ ->
                new DeliveryOutcome.Rejected(
                        Reason.UNCERTAIN, "two hand-overs ended unknown; a third could double the mail");
        };
    }

    private LastLook lastLook(Turn turn, ClaimAnswer.Granted granted, Instant asked) {
        return new LastLook(
                new LastLook.Lease(granted, turn.relay().longestSend()),
                turn.stillWanted(),
                () -> stops.stop(turn.delivery(), turn.envelope().recipient()),
                asked,
                clock);
    }

    /** @param rest what its recipient has not stopped; null where that is nothing */
    private DeliveryOutcome withoutStopped(Claim claim, @Nullable Delivery rest) throws InterruptedException {
        ledger.settle(claim, Verdict.OPEN, "its recipient stopped some of it");
        return rest == null
                ? new DeliveryOutcome.Skipped(Reason.UNSUBSCRIBED)
                : new DeliveryOutcome.Fewer(rest, Reason.UNSUBSCRIBED);
    }

    private DeliveryOutcome settle(Turn turn, ClaimAnswer.Granted granted, SmtpResult result)
            throws InterruptedException {
        HandOver end = HandOver.of(result, granted.uncertain(), clock);
        ledger.settle(turn.claim(), end.verdict(), end.detail());
        stops.learn(turn.delivery(), turn.envelope().recipient(), result, end);
        return end.outcome();
    }
}
