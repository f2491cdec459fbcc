package dev.carillon.email.delivery;

import dev.carillon.email.catalogue.About;
import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.ledger.Claim;
import dev.carillon.email.smtp.SmtpResult;
import dev.carillon.email.suppression.SuppressedAddress;
import dev.carillon.email.suppression.Suppressions;
import dev.carillon.email.unsubscribe.Stopped;
import dev.carillon.email.unsubscribe.Unsubscribe;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** What keeps a mail from going out, and what relays teach us about that. A database that is away loses only the lesson. */
public final class Stops {
    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

    private final MailTypes types;
    private final Suppressions suppressions;
    private final Unsubscribe unsubscribe;

    public Stops(MailTypes types, Suppressions suppressions, Unsubscribe unsubscribe) {
        this.types = types;
        this.suppressions = suppressions;
        this.unsubscribe = unsubscribe;
    }

    /** What its recipient has not stopped of a delivery: the same where that is all, null where it is nothing. */
    @Nullable Delivery rest(Delivery delivery, Stopped stopped) {
        List<Notification> told = About.told(delivery);
        List<Notification> left = told.stream()
                .filter(one -> types.isCritical(one.type()) || !stopped.covers(one))
                .toList();
        if (left.size() == told.size()) {
            return delivery;
        }
        return left.isEmpty() ? null : delivery.withItems(left);
    }

    /** Whether something stops a delivery, or part of it, or nobody can say. */
    @SuppressWarnings("ReferenceEquality") // the same where nothing of it is stopped
    boolean stop(Delivery delivery, MailAddress address) {
        try {
            return suppressions.cover(address) || rest(delivery, unsubscribe.stopped(delivery.recipient())) != delivery;
        } catch (DataAccessException e) {
            LOG.warn("a mail waits: who stopped it cannot be asked: {}", String.valueOf(e.getMessage()));
            return true;
        }
    }

    Claim.About about(Delivery delivery, About about, MailAddress address) {
        return new Claim.About(
                SuppressedAddress.key(address), about.type(), about.category(), types.isCritical(delivery));
    }

    void met(RecipientId recipient, MailAddress address) {
        try {
            suppressions.met(recipient, address);
        } catch (DataAccessException e) {
            LOG.warn("the router is not told of a suppressed address: {}", String.valueOf(e.getMessage()));
        }
    }

    /** A mailbox that puts one delivery off again and again counts once for it, and not at all once it has taken it. */
    void learn(Delivery delivery, MailAddress address, SmtpResult result, HandOver end) {
        try {
            boolean counted = delivery.attempts().done().contains(HandOver.COUNTED);
            if (end.outcome() instanceof DeliveryOutcome.AddressGone gone && gone.reason() == Reason.ADDRESS_GONE) {
                suppressions.gone(delivery.recipient(), address, gone.detail());
            } else if (HandOver.isSoftBounce(result) && !counted) {
                suppressions.softBounce(address, end.detail());
            } else if (result instanceof SmtpResult.Accepted && counted) {
                suppressions.tookMail(address);
            }
        } catch (DataAccessException e) {
            LOG.warn("a bounce is not remembered: {}", String.valueOf(e.getMessage()));
        }
    }
}
