package dev.carillon.guarantees.promise;

import dev.carillon.schemas.outcome.NotificationOutcome;
import java.util.List;

/**
 * One promise. It is told everything that was accepted and everything that arrived, in the order in which it was seen, and
 * says at the end where the promise was broken. Used by one thread.
 */
public interface Guarantee {

    /** An event was answered with 202. */
    default void accepted(Accepted event) {}

    /** An accepted event was cancelled. */
    default void takenBack(TakenBack cancel) {}

    /** A live stream showed a notification; a client that knows it by id and revision ignores it. */
    default void shown(Shown shown) {}

    /** A feed as it is at the end: its list, newest first, and behind that its archive. */
    default void stored(String recipient, List<Stored> feed) {}

    /** The relay took a mail. */
    default void mailed(Mailed mail) {}

    /** A push service accepted a message for a device. */
    default void pushed(Pushed push) {}

    /** A webhook was told. */
    default void heard(Heard heard) {}

    /** Somebody told the ledger. */
    default void told(NotificationOutcome outcome) {}

    /** A router wrote a decision, whether or not it committed it. */
    default void drafted(NotificationOutcome outcome) {}

    /** Somebody was to be erased. */
    default void erased(Erased erased) {}

    /** A reader asked for something about one of her notifications. */
    default void marked(Marked mark) {}

    /** Where the promise was broken, a sentence each; empty where it was kept. */
    List<String> broken();
}
