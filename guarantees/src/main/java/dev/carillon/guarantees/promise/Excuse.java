package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.Reason;
import java.util.HashSet;
import java.util.Set;

/**
 * When a mail or push need not arrive: it was read before, its provider really refused it, or its type is capped and the cap
 * was full. On no channel what was cancelled need arrive.
 */
final class Excuse {

    private final Set<Reason> acceptedDeaths;
    private final Set<NotificationId> marked = new HashSet<>();
    private final Set<NotificationId> capped = new HashSet<>();
    private final Set<NotificationId> cancelled = new HashSet<>();

    Excuse(Set<Reason> acceptedDeaths) {
        this.acceptedDeaths = Set.copyOf(acceptedDeaths);
    }

    void marked(Marked mark) {
        if (mark.kind() == Marked.Kind.READ || mark.kind() == Marked.Kind.DISMISSED) {
            marked.add(mark.id());
        }
    }

    void accepted(Accepted event) {
        if (event.nature() instanceof Nature.Capped) {
            event.targets().keySet().forEach(recipient -> capped.add(event.notification(recipient)));
        }
    }

    void takenBack(TakenBack cancel) {
        cancel.recipients().forEach(recipient -> cancelled.add(cancel.event().notification(recipient)));
    }

    /** Whether it was cancelled before it was told on the channel. */
    boolean coversCancel(Fates.Subject subject, Fates fates) {
        return cancelled.contains(subject.id()) && fates.isTakenBack(subject);
    }

    boolean covers(NotificationId id, ChannelOutcome outcome) {
        return switch (outcome.state()) {
            case SUPPRESSED ->
                (outcome.reason() == Reason.ALREADY_READ && marked.contains(id))
                        || (outcome.reason() == Reason.FREQUENCY_CAP && capped.contains(id));
            case DEAD -> acceptedDeaths.contains(outcome.reason());
            default -> false;
        };
    }

    /** Whether any of the outcomes excuses. */
    boolean coversAny(NotificationId id, Iterable<ChannelOutcome> outcomes) {
        for (ChannelOutcome outcome : outcomes) {
            if (covers(id, outcome)) {
                return true;
            }
        }
        return false;
    }
}
