package dev.carillon.ingest.document;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.ReservedIds;

/**
 * Ids under which somebody is to be told, registered or added. Of whom there is something already is asked for by any valid
 * id, see {@link PathIds}.
 */
public final class GivenIds {
    private GivenIds() {}

    /** @throws IllegalArgumentException with the rule in words */
    public static RecipientId recipient(String text) {
        if (!RecipientId.isValid(text)) {
            throw new IllegalArgumentException(RecipientId.RULE);
        }
        refuseReserved(text);
        return new RecipientId(text);
    }

    /** @throws IllegalArgumentException with the rule in words */
    public static AudienceId audience(String text) {
        if (!AudienceId.isValid(text)) {
            throw new IllegalArgumentException(AudienceId.RULE);
        }
        refuseReserved(text);
        return new AudienceId(text);
    }

    /** @throws ProblemException 422 where it must not be anybody's id */
    public static RecipientId recipientInPath(String text) {
        RecipientId recipient = PathIds.recipient(text);
        if (ReservedIds.isReserved(text)) {
            throw ProblemException.invalid("recipient", "format", ReservedIds.RULE);
        }
        return recipient;
    }

    /** @throws ProblemException 422 where it must not be an audience's id */
    public static AudienceId audienceInPath(String text) {
        AudienceId audience = PathIds.audience(text);
        if (ReservedIds.isReserved(text)) {
            throw ProblemException.invalid("audience", "format", ReservedIds.RULE);
        }
        return audience;
    }

    private static void refuseReserved(String text) {
        if (ReservedIds.isReserved(text)) {
            throw new IllegalArgumentException(ReservedIds.RULE);
        }
    }
}
