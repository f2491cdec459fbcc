package dev.carillon.schemas.recipient;

/**
 * Recipients that are no people: one session of somebody, and whoever is connected. Their ids are ordinary ones, so that
 * events for them are decided and delivered as all others.
 */
public final class LiveRecipients {
    /** Where the id of a session's recipient begins; a visitor without an account has such a {@code sub}. */
    public static final String SESSION_PREFIX = "session:";

    /** The rule for the name of a session in words, for error messages. */
    public static final String SESSION_RULE = "must be 1 to 120 characters of A-Z a-z 0-9 . _ ~ : @ + -";

    /** Whoever is connected now; nobody's own id, and refused where callers name recipients. */
    public static final RecipientId CONNECTED = new RecipientId("~connected");

    private LiveRecipients() {}

    /** The session of that name, which tokens carry as {@code sid}. */
    public static RecipientId session(String name) {
        if (!isSession(name)) {
            throw new IllegalArgumentException("a session " + SESSION_RULE);
        }
        return new RecipientId(SESSION_PREFIX + name);
    }

    public static boolean isSession(String name) {
        return !name.isEmpty() && RecipientId.isValid(SESSION_PREFIX + name);
    }
}
