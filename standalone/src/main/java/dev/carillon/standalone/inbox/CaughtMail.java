package dev.carillon.standalone.inbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it arrived for one address.
 *
 * @param id counts from 1 since the start
 * @param to the address of the envelope
 * @param text its plain part; null where it has none
 * @param html its HTML part, not to be trusted; null where it has none
 */
record CaughtMail(
        long id,
        String from,
        String to,
        String subject,
        @JsonProperty("received_at") Instant receivedAt,
        @Nullable String text,
        @Nullable String html) {}
