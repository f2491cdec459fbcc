package dev.carillon.guarantees.promise;

import java.time.Instant;

/** What sets an event apart from others: which further promise it is held to, or which does not concern it. */
public sealed interface Nature {

    /** Told at once and in order; the mails and pushes of some wait for others. */
    record Plain() implements Nature {}

    /** Told at a time of its own, whatever came before or after it. */
    record Later(Instant deliverAt) implements Nature {}

    /** Told in-app at once, and by mail at {@code mailAt} where it is still unread. */
    record Escalating(Instant mailAt) implements Nature {}

    /** In a feed it takes the place of whatever was accepted before it in its group. */
    record Grouped(String group) implements Nature {}

    /** A mail is dropped where its reader got as many as the cap of its type allows. */
    record Capped() implements Nature {}
}
