package dev.carillon.ingest.document;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;

/** Ids that stand in a path or in a query. */
public final class PathIds {
    private static final int MAX_PAGE = 1_000;

    private PathIds() {}

    /** @throws ProblemException 422 where it can be nobody's id */
    public static RecipientId recipient(String text) {
        if (!RecipientId.isValid(text)) {
            throw ProblemException.invalid("recipient", "format", RecipientId.RULE);
        }
        return new RecipientId(text);
    }

    /** @throws ProblemException 422 where it can be no audience's id */
    public static AudienceId audience(String text) {
        if (!AudienceId.isValid(text)) {
            throw ProblemException.invalid("audience", "format", AudienceId.RULE);
        }
        return new AudienceId(text);
    }

    /** The last id of the page before, which is all that a cursor of ours says; empty for the first page. */
    public static String cursor(String text) {
        if (!text.isEmpty() && !RecipientId.isValid(text)) {
            throw ProblemException.invalid("cursor", "format", "must be a next_cursor of ours");
        }
        return text;
    }

    /** The last number of the page before, which is all that a cursor of ours says; empty for the first page. */
    public static long before(String cursor) {
        if (!cursor.matches("\\d{0,18}")) {
            throw ProblemException.invalid("cursor", "format", "must be a next_cursor of ours");
        }
        return cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor);
    }

    /** How many a page may have. */
    public static int limit(String text) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_PAGE) {
            throw ProblemException.invalid("limit", "range", "must be 1 to " + MAX_PAGE);
        }
        return Integer.parseInt(text);
    }
}
