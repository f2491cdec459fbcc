package dev.carillon.schemas.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.EnumSets;
import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Priority;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's entry of an event type. Versions are immutable; a change makes a new one.
 *
 * @param name what events call it, at most 128 characters
 * @param label its name for people
 * @param category null for none
 * @param channels where it goes unless the recipient says otherwise; empty means in-app
 * @param critical bypasses preferences, mutes, quiet hours and caps; the operator's word
 * @param notifyActor whether who caused it is told as well
 * @param templates texts; where none matches, the event's own title and body are shown
 * @param tracking what its mails tell about their readers; null: nothing
 * @param userToUser whether end users may send it to one another
 * @param metrics names of numbers in the data of its events that are counted and summed by the hour; a dot leads into
 *     an object
 */
public record NotificationType(
        String name,
        long version,
        @Nullable String label,
        @Nullable String icon,
        @Nullable String category,
        Set<Channel> channels,
        @Nullable Priority priority,
        @Nullable Level level,
        boolean critical,
        boolean notifyActor,
        List<Template> templates,
        Policies policies,
        @Nullable Tracking tracking,
        @JsonInclude(Include.NON_DEFAULT) boolean userToUser,
        @JsonInclude(Include.NON_EMPTY) List<String> metrics) {

    public NotificationType {
        channels = EnumSets.copyOf(channels == null || channels.isEmpty() ? Set.of(Channel.INAPP) : channels);
        templates = templates == null ? List.of() : List.copyOf(templates);
        policies = policies == null ? Policies.none() : policies;
        tracking = Tracking.off().equals(tracking) ? null : tracking;
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
    }

    /** Which end users do not send, and of whose events nothing is summed. */
    public NotificationType(
            String name,
            long version,
            @Nullable String label,
            @Nullable String icon,
            @Nullable String category,
            Set<Channel> channels,
            @Nullable Priority priority,
            @Nullable Level level,
            boolean critical,
            boolean notifyActor,
            List<Template> templates,
            Policies policies,
            @Nullable Tracking tracking) {
        this(
                name,
                version,
                label,
                icon,
                category,
                channels,
                priority,
                level,
                critical,
                notifyActor,
                templates,
                policies,
                tracking,
                false,
                List.of());
    }

    /** Whose mails tell nothing about their readers. */
    public NotificationType(
            String name,
            long version,
            @Nullable String label,
            @Nullable String icon,
            @Nullable String category,
            Set<Channel> channels,
            @Nullable Priority priority,
            @Nullable Level level,
            boolean critical,
            boolean notifyActor,
            List<Template> templates,
            Policies policies) {
        this(
                name,
                version,
                label,
                icon,
                category,
                channels,
                priority,
                level,
                critical,
                notifyActor,
                templates,
                policies,
                null);
    }

    /** Without policies. */
    public NotificationType(
            String name,
            long version,
            @Nullable String label,
            @Nullable String icon,
            @Nullable String category,
            Set<Channel> channels,
            @Nullable Priority priority,
            @Nullable Level level,
            boolean critical,
            boolean notifyActor,
            List<Template> templates) {
        this(
                name,
                version,
                label,
                icon,
                category,
                channels,
                priority,
                level,
                critical,
                notifyActor,
                templates,
                Policies.none());
    }

    public NotificationType withVersion(long other) {
        return new NotificationType(
                name,
                other,
                label,
                icon,
                category,
                channels,
                priority,
                level,
                critical,
                notifyActor,
                templates,
                policies,
                tracking,
                userToUser,
                metrics);
    }

    public NotificationType withPolicies(Policies other) {
        return new NotificationType(
                name,
                version,
                label,
                icon,
                category,
                channels,
                priority,
                level,
                critical,
                notifyActor,
                templates,
                other,
                tracking,
                userToUser,
                metrics);
    }

    public NotificationType withTracking(@Nullable Tracking other) {
        return new NotificationType(
                name,
                version,
                label,
                icon,
                category,
                channels,
                priority,
                level,
                critical,
                notifyActor,
                templates,
                policies,
                other,
                userToUser,
                metrics);
    }

    public NotificationType withMetrics(List<String> other) {
        return new NotificationType(
                name,
                version,
                label,
                icon,
                category,
                channels,
                priority,
                level,
                critical,
                notifyActor,
                templates,
                policies,
                tracking,
                userToUser,
                other);
    }
}
