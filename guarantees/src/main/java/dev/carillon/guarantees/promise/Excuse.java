package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.Reason;
import java.util.HashSet;
import java.util.Set;

/** When a mail or push need not arrive: it was read before, or its provider really refused it. */
final class Excuse {

    private final Set<Reason> acceptedDeaths;
    private final Set<NotificationId> marked = new HashSet<>();

    Excuse(Set<Reason> acceptedDeaths) {
        this.acceptedDeaths = Set.copyOf(acceptedDeaths);
    }

    void marked(NotificationId id) {
        marked.add(id);
    }

    boolean covers(NotificationId id, ChannelOutcome outcome) {
        return switch (outcome.state()) {
            case SUPPRESSED -> outcome.reason() == Reason.ALREADY_READ && marked.contains(id);
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
