package dev.carillon.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;

/**
 * Whom an event is for. On {@code intake} the recipients are those that the record's partition owns; audiences and
 * broadcasts are the same in every partition, which finds its own members.
 *
 * @param audiences the named ones and all that are nested in them
 * @param nesting of those that are not named themselves; a mute of one covers what is nested in it
 */
public record Targets(
        @JsonInclude(Include.NON_EMPTY) List<RecipientId> recipients,
        @JsonInclude(Include.NON_EMPTY) List<AudienceId> audiences,
        boolean broadcast,
        @JsonInclude(Include.NON_EMPTY) List<String> sessions,
        @JsonInclude(Include.NON_EMPTY) List<RecipientId> excludeRecipients,
        @JsonInclude(Include.NON_EMPTY) List<AudienceId> excludeAudiences,
        @JsonInclude(Include.NON_EMPTY) List<Nesting> nesting) {

    public Targets {
        recipients = recipients == null ? List.of() : List.copyOf(recipients);
        audiences = audiences == null ? List.of() : List.copyOf(audiences);
        sessions = sessions == null ? List.of() : List.copyOf(sessions);
        excludeRecipients = excludeRecipients == null ? List.of() : List.copyOf(excludeRecipients);
        excludeAudiences = excludeAudiences == null ? List.of() : List.copyOf(excludeAudiences);
        nesting = nesting == null ? List.of() : List.copyOf(nesting);
    }

    /** Of audiences that are all named. */
    public Targets(
            List<RecipientId> recipients,
            List<AudienceId> audiences,
            boolean broadcast,
            List<String> sessions,
            List<RecipientId> excludeRecipients,
            List<AudienceId> excludeAudiences) {
        this(recipients, audiences, broadcast, sessions, excludeRecipients, excludeAudiences, List.of());
    }

    public static Targets ofRecipients(List<RecipientId> recipients) {
        return new Targets(recipients, List.of(), false, List.of(), List.of(), List.of());
    }

    /** Whether every partition has to look for members of its own. */
    public boolean everywhere() {
        return broadcast || !audiences.isEmpty();
    }

    /** The same targets as if {@code recipient} were named nowhere. */
    public Targets without(RecipientId recipient) {
        return new Targets(
                recipients.stream().filter(one -> !one.equals(recipient)).toList(),
                audiences,
                broadcast,
                sessions,
                excludeRecipients.stream().filter(one -> !one.equals(recipient)).toList(),
                excludeAudiences,
                nesting);
    }

    /** The same targets with only these of the recipients. */
    public Targets withRecipients(List<RecipientId> owned) {
        return new Targets(owned, audiences, broadcast, sessions, excludeRecipients, excludeAudiences, nesting);
    }
}
