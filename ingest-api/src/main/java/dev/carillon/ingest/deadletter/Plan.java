package dev.carillon.ingest.deadletter;

import dev.carillon.platform.kafka.OutgoingRecord;
import java.util.Locale;

/** What a replay of a letter comes to. */
sealed interface Plan {

    /** The record goes back to where it is processed. */
    record Send(OutgoingRecord record) implements Plan {}

    /** It must not be sent any more. */
    record Obsolete(Why why) implements Plan {}

    /** It cannot be sent from here. */
    record Impossible(Why why) implements Plan {}

    /** Why it is not sent. The {@link #code()} is the problem's. */
    enum Why {
        EXPIRED("its expires_at has passed"),
        CANCELLED("its event was cancelled"),
        RECIPIENT_GONE("its recipient is not registered any more, or has no address"),
        NO_RECORD("the letter does not hold the record, which was empty or too large; it lies where it came from"),
        UNKNOWN_TOPIC("it comes from a topic that this installation does not have");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        String words() {
            return words;
        }
    }
}
