package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the clients of a recipient a new unread count shortly after something changed. Changes in a burst are counted once,
 * and many recipients in one query: only who is connected costs anything.
 */
final class TellCounts {
    private static final Logger LOG = LoggerFactory.getLogger(TellCounts.class);
    private static final int AT_ONCE = 500;

    private final UnreadCounts counts;
    private final LiveSessions sessions;
    private final Set<RecipientId> waiting = ConcurrentHashMap.newKeySet();

    TellCounts(UnreadCounts counts, LiveSessions sessions) {
        this.counts = counts;
        this.sessions = sessions;
    }

    void changed(LiveSession session) {
        waiting.add(session.recipient());
    }

    /** Tells everybody who waits. Where the database is away they go on waiting. */
    void tell(BiConsumer<LiveSession, Integer> teller) {
        List<RecipientId> taken = new ArrayList<>();
        waiting.forEach(recipient -> {
            if (waiting.remove(recipient)) {
                taken.add(recipient);
            }
        });
        for (int from = 0; from < taken.size(); from += AT_ONCE) {
            List<RecipientId> some = taken.subList(from, Math.min(taken.size(), from + AT_ONCE));
            try {
                tell(some, teller);
            } catch (RuntimeException e) {
                waiting.addAll(taken.subList(from, taken.size()));
                LOG.warn("unread counts are not told, and tried again: {}", e.getMessage());
                return;
            }
        }
    }

    private void tell(List<RecipientId> recipients, BiConsumer<LiveSession, Integer> teller) {
        of(recipients).forEach((recipient, count) -> {
            for (LiveSession session : sessions.of(recipient.value())) {
                if (session.recipient().equals(recipient)) {
                    teller.accept(session, count);
                }
            }
        });
    }

    /** The counts of {@code recipients}. */
    Map<RecipientId, Integer> of(Collection<RecipientId> recipients) {
        return counts.of(recipients);
    }
}
