package dev.carillon.standalone.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it arrived for one address.
 *
 * @param id counts from 1
 * @param messageId its {@code Message-ID} without the brackets; null where it has none
 * @param to the address of the envelope
 * @param text its plain part; null where it has none
 * @param html its HTML part, not to be trusted; null where it has none
 * @param source the whole message as it travelled, each octet a character; null in lists and where it was not kept
 */
record CaughtMail(
        long id,
        @JsonProperty("message_id") @Nullable String messageId,
        String from,
        String to,
        String subject,
        @JsonProperty("received_at") Instant receivedAt,
        @Nullable String text,
        @Nullable String html,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String source) {

    /** The same for a list. */
    CaughtMail withoutSource() {
        return new CaughtMail(id, messageId, from, to, subject, receivedAt, text, html, null);
    }
}
