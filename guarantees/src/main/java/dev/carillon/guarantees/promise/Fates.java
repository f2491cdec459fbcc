package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the ledger was told about every notification on every channel. */
final class Fates {

    /** What a router ends a decision with; {@code HELD} is not the end of one. */
    private static final Set<OutcomeState> DECISIONS = EnumSet.of(
            OutcomeState.ROUTED,
            OutcomeState.MERGED,
            OutcomeState.SUPPRESSED,
            OutcomeState.REPLACED,
            OutcomeState.CANCELLED);

    /** What a worker ends a delivery with. */
    private static final Set<OutcomeState> ENDS =
            EnumSet.of(OutcomeState.SENT, OutcomeState.SKIPPED, OutcomeState.DEAD, OutcomeState.EXPIRED);

    private final Map<Subject, List<ChannelOutcome>> outcomes = new HashMap<>();

    /** A notification on a channel. */
    record Subject(NotificationId id, Channel channel) {}

    void add(NotificationOutcome told) {
        for (ChannelOutcome outcome : told.channels()) {
            outcomes.computeIfAbsent(new Subject(told.notification(), outcome.channel()), subject -> new ArrayList<>())
                    .add(outcome);
        }
    }

    Set<Subject> subjects() {
        return outcomes.keySet();
    }

    List<ChannelOutcome> of(Subject subject) {
        return outcomes.getOrDefault(subject, List.of());
    }

    List<ChannelOutcome> decisions(Subject subject) {
        return of(subject).stream()
                .filter(outcome -> DECISIONS.contains(outcome.state()))
                .toList();
    }

    List<ChannelOutcome> ends(Subject subject) {
        return of(subject).stream()
                .filter(outcome -> ENDS.contains(outcome.state()))
                .toList();
    }

    /** Whether the ledger says that it was cancelled, by itself or with all that it was merged with. */
    boolean isTakenBack(Subject subject) {
        return isCancelled(subject) || isCancelled(sent(subject));
    }

    private boolean isCancelled(Subject subject) {
        return of(subject).stream().anyMatch(outcome -> outcome.state() == OutcomeState.CANCELLED);
    }

    /** The notification that went out: the merged one where it was merged, otherwise itself. */
    Subject sent(Subject subject) {
        return decisions(subject).stream()
                .filter(outcome -> outcome.state() == OutcomeState.MERGED && outcome.detail() != null)
                .map(outcome -> new Subject(NotificationId.parse(String.valueOf(outcome.detail())), subject.channel()))
                .findFirst()
                .orElse(subject);
    }
}
