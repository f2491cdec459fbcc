package dev.carillon.inapp.owner;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import org.jspecify.annotations.Nullable;

/** Whose feed a call is about: the calling user's, or, with {@code scope=session}, that of her session. */
public record FeedOwner(RecipientId id) {
    private static final String USER = "user";
    private static final String SESSION = "session";

    /**
     * The owner that {@code scope} names.
     *
     * @param session the token's {@code sid}; null where it names none
     * @throws ProblemException 400 for another scope, and for a session that the token does not name
     */
    public static FeedOwner of(RecipientId user, @Nullable String session, @Nullable String scope) {
        requireKnown(scope);
        return SESSION.equals(scope) ? ofSession(session) : new FeedOwner(user);
    }

    /** @throws ProblemException 400 for a scope that names no feed of anybody */
    public static void requireKnown(@Nullable String scope) {
        if (scope != null && !scope.equals(USER) && !scope.equals(SESSION)) {
            throw ProblemException.parameter("scope", "one_of", "must be user or session");
        }
    }

    private static FeedOwner ofSession(@Nullable String name) {
        if (name == null || !LiveRecipients.isSession(name)) {
            throw ProblemException.parameter(
                    "scope", "session", "session needs a token whose sid " + LiveRecipients.SESSION_RULE);
        }
        return new FeedOwner(LiveRecipients.session(name));
    }
}
