package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ledger adds up, at rest and per channel: every accepted notification was decided once, what was routed ended once (in
 * the feed, or as sent, skipped, dead or expired), nothing is held or retried any more, and nobody decided anything that was
 * never accepted. A worker may repeat what it said after a crash, but not contradict it.
 */
public final class NothingVanishes implements Guarantee {

    private final Fates fates = new Fates();
    private final Set<NotificationId> expected = new HashSet<>();
    private final Set<NotificationId> inFeed = new HashSet<>();

    @Override
    public void accepted(Accepted event) {
        event.targets().keySet().forEach(recipient -> expected.add(event.notification(recipient)));
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
        Set<NotificationId> merged = new HashSet<>();
        for (NotificationId id : expected) {
            for (Channel channel : EnumSet.allOf(Channel.class)) {
                Fates.Subject subject = new Fates.Subject(id, channel);
                checkDecision(subject, broken);
                Fates.Subject sent = fates.sent(subject);
                if (!sent.equals(subject) && merged.add(sent.id())) {
                    checkDecision(sent, broken);
                }
            }
        }
        for (Fates.Subject subject : fates.subjects()) {
            if (!expected.contains(subject.id()) && !merged.contains(subject.id())) {
                broken.add("nobody accepted " + subject + ", of which the ledger was told " + states(subject));
            }
        }
        return broken;
    }

    private void checkDecision(Fates.Subject subject, List<String> broken) {
        List<ChannelOutcome> decisions = fates.decisions(subject);
        if (decisions.size() != 1) {
            broken.add(subject + " was decided " + decisions.size() + " times: " + states(subject));
        } else if (decisions.getFirst().state() == OutcomeState.ROUTED) {
            checkEnd(subject, broken);
        }
    }

    private void checkEnd(Fates.Subject subject, List<String> broken) {
        if (subject.channel() == Channel.INAPP) {
            if (!inFeed.contains(subject.id())) {
                broken.add(subject + " was routed and is in no feed");
            }
            return;
        }
        long ends = fates.ends(subject).stream()
                .map(ChannelOutcome::state)
                .distinct()
                .count();
        if (ends != 1) {
            broken.add(subject + " ended in " + ends + " ways: " + states(subject));
        }
    }

    private List<OutcomeState> states(Fates.Subject subject) {
        return fates.of(subject).stream().map(ChannelOutcome::state).toList();
    }
}
