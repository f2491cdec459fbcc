package dev.carillon.email.delivery;

import dev.carillon.email.catalogue.About;
import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.ledger.Claim;
import dev.carillon.email.smtp.MailAddress;
import dev.carillon.email.smtp.SmtpResult;
import dev.carillon.email.suppression.SuppressedAddress;
import dev.carillon.email.suppression.Suppressions;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** What keeps a mail from going out, and what relays teach us about that. A database that is away loses only the lesson. */
public final class Stops {
    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

    private final MailTypes types;
    private final Suppressions suppressions;

    public Stops(MailTypes types, Suppressions suppressions) {
        this.types = types;
        this.suppressions = suppressions;
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

    void learn(RecipientId recipient, MailAddress address, SmtpResult result, HandOver end) {
        try {
            if (end.outcome() instanceof DeliveryOutcome.AddressGone gone && gone.reason() == Reason.ADDRESS_GONE) {
                suppressions.gone(recipient, address, gone.detail());
            } else if (HandOver.isSoftBounce(result)) {
                suppressions.softBounce(address, end.detail());
            }
        } catch (DataAccessException e) {
            LOG.warn("a bounce is not remembered: {}", String.valueOf(e.getMessage()));
        }
    }
}
