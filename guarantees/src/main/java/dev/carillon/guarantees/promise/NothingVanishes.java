package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ledger adds up, at rest and per channel: every accepted notification was decided once, what was routed ended once (in
 * the feed, or as sent, skipped, dead, expired, or as cancelled where somebody asked for that), nothing is held or retried
 * any more, and nobody decided anything that was never accepted. A worker may repeat what it said after a crash, but not
 * contradict it.
 */
public final class NothingVanishes implements Guarantee {

    private final Fates fates = new Fates();
    private final Set<NotificationId> expected = new HashSet<>();
    private final Set<NotificationId> inFeed = new HashSet<>();
    private final Set<NotificationId> cancelled = new HashSet<>();
    private final Groups groups = new Groups();

    @Override
    public void accepted(Accepted event) {
        event.targets().keySet().forEach(recipient -> expected.add(event.notification(recipient)));
        groups.add(event);
    }

    @Override
    public void takenBack(TakenBack cancel) {
        cancel.recipients().forEach(recipient -> cancelled.add(cancel.event().notification(recipient)));
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feed.forEach(row -> inFeed.add(row.id()));
    }

    @Override
    public void marked(Marked mark) {
        if (mark.kind() == Marked.Kind.DISMISSED) {
            inFeed.add(mark.id());
        }
    }

    @Override
    public void told(NotificationOutcome outcome) {
        fates.add(outcome);
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        Map<Fates.Subject, Set<NotificationId>> merged = new HashMap<>();
        for (NotificationId id : expected) {
            for (Channel channel : EnumSet.allOf(Channel.class)) {
                Fates.Subject subject = new Fates.Subject(id, channel);
                checkDecision(subject, cancelled.contains(id), broken);
                Fates.Subject sent = fates.sent(subject);
                if (!sent.equals(subject)) {
                    merged.computeIfAbsent(sent, one -> new HashSet<>()).add(id);
                }
            }
        }
        merged.forEach((sent, parts) -> checkDecision(sent, cancelled.containsAll(parts), broken));
        for (Fates.Subject subject : fates.subjects()) {
            if (!expected.contains(subject.id()) && !merged.containsKey(subject)) {
                broken.add("nobody accepted " + subject + ", of which the ledger was told " + states(subject));
            }
        }
        return broken;
    }

    /** @param mayBeCancelled whether a worker may have taken back what was routed */
    private void checkDecision(Fates.Subject subject, boolean mayBeCancelled, List<String> broken) {
        List<OutcomeState> decisions = new ArrayList<>(
                fates.decisions(subject).stream().map(ChannelOutcome::state).toList());
        boolean routed = decisions.contains(OutcomeState.ROUTED);
        boolean emitted = routed || decisions.contains(OutcomeState.MERGED);
        boolean takenBack = mayBeCancelled && emitted && decisions.removeIf(state -> state == OutcomeState.CANCELLED);
        if (decisions.size() != 1) {
            broken.add(subject + " was decided " + decisions.size() + " times: " + states(subject));
        } else if (routed) {
            checkEnd(subject, takenBack, broken);
        }
    }

    private void checkEnd(Fates.Subject subject, boolean takenBack, List<String> broken) {
        if (subject.channel() == Channel.INAPP) {
            if (!takenBack && !inFeed.contains(subject.id()) && !groups.isReplaced(subject.id())) {
                broken.add(subject + " was routed and is in no feed");
            }
            return;
        }
        Set<OutcomeState> ends =
                fates.ends(subject).stream().map(ChannelOutcome::state).collect(Collectors.toSet());
        // Whether it may be both is for ToldOrTakenBack to say.
        boolean consistent = takenBack ? Set.of(OutcomeState.SENT).containsAll(ends) : ends.size() == 1;
        if (!consistent) {
            broken.add(subject + " ended in " + ends.size() + " ways: " + states(subject));
        }
    }

    private List<OutcomeState> states(Fates.Subject subject) {
        return fates.of(subject).stream().map(ChannelOutcome::state).toList();
    }
}
