package dev.carillon.schemas.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * What mails of a type tell us about their readers. Those who said {@code do_not_track} are left alone.
 *
 * @param opens an invisible picture tells when a mail is shown
 * @param clicks links lead over us, and a click counts as read
 */
public record Tracking(
        @JsonInclude(Include.NON_DEFAULT) boolean opens,
        @JsonInclude(Include.NON_DEFAULT) boolean clicks) {
    private static final Tracking OFF = new Tracking(false, false);

    public static Tracking off() {
        return OFF;
    }
}
