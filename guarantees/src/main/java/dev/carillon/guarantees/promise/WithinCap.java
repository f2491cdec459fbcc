package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Nobody gets more mails of a capped type than its cap allows within its period, several that were merged
 * being one; and a mail is dropped only where that many went out before it.
 */
public final class WithinCap implements Guarantee {

    private final int most;
    private final Duration lookBack;
    private final Map<Fates.Subject, String> capped = new HashMap<>();
    private final Map<Fates.Subject, Instant> decidedAt = new HashMap<>();
    private final Map<Fates.Subject, Instant> droppedAt = new HashMap<>();
    private final Fates fates = new Fates();

    /** @param lookBack the cap's period */
    public WithinCap(int most, Duration lookBack) {
        this.most = most;
        this.lookBack = lookBack;
    }

    @Override
    public void accepted(Accepted event) {
        if (event.nature() instanceof Nature.Capped) {
            event.targets()
                    .keySet()
                    .forEach(one -> capped.put(new Fates.Subject(event.notification(one), Channel.EMAIL), one));
        }
    }

    @Override
    public void told(NotificationOutcome told) {
        fates.add(told);
        for (ChannelOutcome outcome : told.channels()) {
            Fates.Subject subject = new Fates.Subject(told.notification(), outcome.channel());
            if (outcome.state() == OutcomeState.ROUTED || outcome.state() == OutcomeState.MERGED) {
                decidedAt.put(subject, told.at());
            } else if (outcome.state() == OutcomeState.SUPPRESSED && outcome.reason() == Reason.FREQUENCY_CAP) {
                droppedAt.put(subject, told.at());
            }
        }
    }

    @Override
    public List<String> broken() {
        Map<String, Map<Fates.Subject, Instant>> out = new HashMap<>();
        capped.forEach((subject, recipient) -> {
            Instant at = decidedAt.get(subject);
            if (at != null) {
                out.computeIfAbsent(recipient, one -> new HashMap<>()).put(fates.sent(subject), at);
            }
        });
        List<String> broken = new ArrayList<>();
        out.forEach((recipient, times) -> times.forEach((subject, at) -> {
            if (before(at.plusNanos(1), times.values()) > most) {
                broken.add(recipient + " got " + subject + " at " + at + ", beyond the cap: "
                        + new TreeSet<>(times.values()));
            }
        }));
        droppedAt.forEach((subject, at) -> {
            String recipient = capped.get(subject);
            Map<Fates.Subject, Instant> times = recipient == null ? Map.of() : out.getOrDefault(recipient, Map.of());
            if (before(at.plusNanos(1), times.values()) < most) {
                broken.add(subject + " was dropped at " + at + " below the cap: " + new TreeSet<>(times.values()));
            }
        });
        return broken;
    }

    /** How many went out within the look-back before a time. */
    private long before(Instant end, Collection<Instant> times) {
        return times.stream()
                .filter(time -> time.isBefore(end) && time.isAfter(end.minus(lookBack)))
                .count();
    }
}
