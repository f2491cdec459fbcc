package dev.carillon.standalone.access;

import java.util.Set;

/** Every kind of caller there is. */
enum Caller {
    NOBODY,
    GARBAGE,
    REVOKED_KEY,
    PUBLISH_KEY,
    RECEIPTS_KEY,
    /** A key that may only do more with publishing than others, and not publish. */
    URGENT_KEY,
    /** A key that may publish for a source that none of the calls is about. */
    BOUND_KEY,
    MANAGE_KEY,
    OPERATE_KEY,
    USER,
    /** A session without an account. */
    VISITOR,
    EXPIRED,
    OTHER_AUDIENCE,
    OTHER_SECRET,
    /** {@code alg} is {@code none}. */
    UNSIGNED,
    /** The console's cookie, and not the header that must repeat its token. */
    COOKIE_ALONE,
    /** The console's cookie with that header, of an operate key. */
    SIGNED_IN,
    /** The same, of a person whom an issuer named; there only where the front door knows one. */
    PERSON,
    /** The same as by a key, after signing out. */
    SIGNED_OUT,
    /** The same, after the key was revoked. */
    SIGNED_IN_BY_REVOKED_KEY,
    /** A ticket of the user's for one stream, in the URL. */
    STREAM_TICKET,
    /** The cookie that a stream with a ticket has set. */
    STREAM_COOKIE;

    /** Who shows a key that counts, herself or by her session. */
    static final Set<Caller> KEYS =
            Set.of(PUBLISH_KEY, RECEIPTS_KEY, URGENT_KEY, BOUND_KEY, MANAGE_KEY, OPERATE_KEY, SIGNED_IN, PERSON);
}
