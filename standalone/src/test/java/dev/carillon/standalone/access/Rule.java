package dev.carillon.standalone.access;

import static dev.carillon.standalone.access.Caller.BOUND_KEY;
import static dev.carillon.standalone.access.Caller.MANAGE_KEY;
import static dev.carillon.standalone.access.Caller.OPERATE_KEY;
import static dev.carillon.standalone.access.Caller.PERSON;
import static dev.carillon.standalone.access.Caller.PUBLISH_KEY;
import static dev.carillon.standalone.access.Caller.RECEIPTS_KEY;
import static dev.carillon.standalone.access.Caller.SIGNED_IN;
import static dev.carillon.standalone.access.Caller.USER;
import static dev.carillon.standalone.access.Caller.VISITOR;

import java.util.EnumSet;
import java.util.Set;

/** Who passes, and who is told that her credential does not suffice; everybody else is told that she shows none. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are never changed
enum Rule {
    /** No credential is asked for, or one that the call itself carries. */
    OPEN(EnumSet.allOf(Caller.class), Set.of()),
    PUBLISH(Set.of(PUBLISH_KEY, RECEIPTS_KEY, BOUND_KEY), Caller.KEYS),
    RECEIPTS(Set.of(RECEIPTS_KEY), Caller.KEYS),
    MANAGE(Set.of(MANAGE_KEY), Caller.KEYS),
    OPERATE(Set.of(OPERATE_KEY, SIGNED_IN, PERSON), Caller.KEYS),
    LOOK(Set.of(PUBLISH_KEY, RECEIPTS_KEY, BOUND_KEY, MANAGE_KEY, OPERATE_KEY, SIGNED_IN, PERSON), Caller.KEYS),
    END_USER(Set.of(USER, VISITOR), Set.of()),
    /** Whoever cannot send a token shows what was given for it. */
    STREAM(Set.of(USER, VISITOR, Caller.STREAM_TICKET, Caller.STREAM_COOKIE), Set.of()),
    /** As the services other than ingest-api know operators: by the key alone. */
    OPERATOR(Set.of(OPERATE_KEY), Set.of()),
    /** Whoever has the cookie. */
    COOKIE(Set.of(Caller.COOKIE_ALONE, SIGNED_IN, PERSON), Set.of()),
    /** Signing out is for whoever could do something. */
    SIGN_OUT(EnumSet.complementOf(EnumSet.of(Caller.COOKIE_ALONE)), Set.of(Caller.COOKIE_ALONE)),
    /** A WebSocket may show its credential later, but no wrong one now; a cookie of the console is none to it. */
    SOCKET(
            Set.of(
                    Caller.NOBODY,
                    USER,
                    VISITOR,
                    Caller.COOKIE_ALONE,
                    SIGNED_IN,
                    PERSON,
                    Caller.STREAM_TICKET,
                    Caller.STREAM_COOKIE,
                    Caller.SIGNED_OUT,
                    Caller.SIGNED_IN_BY_REVOKED_KEY),
            Set.of()),
    /** Mapped, but closed to everybody. */
    CLOSED(Set.of(), Set.of()) {
        @Override
        boolean holds(Caller caller, int status) {
            return status == 401 || status == 404;
        }
    };

    private final Set<Caller> allowed;
    private final Set<Caller> known;

    Rule(Set<Caller> allowed, Set<Caller> known) {
        this.allowed = allowed;
        this.known = known;
    }

    /** Whether {@code status} is what the caller should be answered; whatever is no refusal does where she is let in. */
    boolean holds(Caller caller, int status) {
        if (allowed.contains(caller)) {
            return status != 401 && status != 403;
        }
        return status == (known.contains(caller) ? 403 : 401);
    }
}
