package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was accepted arrived: in the feed and on every screen that watched, in a mail, at the push service. Excused is what
 * was read before, what its provider refused and is kept among the dead letters, what was cancelled before it was told, what
 * a newer one of its group replaced in the feed, and a mail beyond a cap.
 */
public final class NothingLost implements Guarantee {

    private final Set<String> watched;
    private final Excuse excuse;
    private final List<Accepted> accepted = new ArrayList<>();
    private final Set<NotificationId> stored = new HashSet<>();
    private final Set<NotificationId> shown = new HashSet<>();
    private final Set<NotificationId> dismissed = new HashSet<>();
    private final Set<String> mailed = new HashSet<>();
    private final Set<String> pushed = new HashSet<>();
    private final Fates fates = new Fates();
    private final Groups groups = new Groups();

    /**
     * @param watched recipients with a live stream all the time
     * @param acceptedDeaths for which reasons a delivery may end among the dead letters
     */
    public NothingLost(Set<String> watched, Set<Reason> acceptedDeaths) {
        this.watched = Set.copyOf(watched);
        this.excuse = new Excuse(acceptedDeaths);
    }

    @Override
    public void accepted(Accepted event) {
        accepted.add(event);
        excuse.accepted(event);
        groups.add(event);
    }

    @Override
    public void takenBack(TakenBack cancel) {
        excuse.takenBack(cancel);
    }

    @Override
    public void shown(Shown one) {
        shown.add(one.id());
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feed.forEach(row -> stored.add(row.id()));
    }

    @Override
    public void mailed(Mailed mail) {
        mail.tokens().forEach(token -> mailed.add(key(mail.recipient(), token)));
    }

    @Override
    public void pushed(Pushed push) {
        pushed.add(key(push.recipient(), push.id()));
    }

    @Override
    public void told(NotificationOutcome outcome) {
        fates.add(outcome);
    }

    @Override
    public void marked(Marked mark) {
        excuse.marked(mark);
        if (mark.kind() == Marked.Kind.DISMISSED) {
            dismissed.add(mark.id());
        }
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (Accepted event : accepted) {
            event.targets()
                    .forEach((recipient, channels) ->
                            channels.forEach(channel -> check(event, recipient, channel, broken)));
        }
        return broken;
    }

    private void check(Accepted event, String recipient, Channel channel, List<String> broken) {
        NotificationId id = event.notification(recipient);
        Fates.Subject subject = new Fates.Subject(id, channel);
        if (excuse.coversCancel(subject, fates) || (channel == Channel.INAPP && groups.isReplaced(id))) {
            return;
        }
        boolean arrived = switch (channel) {
            case INAPP -> stored.contains(id) || dismissed.contains(id);
            case EMAIL -> mailed.contains(key(recipient, event.token())) || isExcused(id, channel);
            case PUSH -> isPushed(recipient, id) || isExcused(id, channel);
        };
        if (!arrived) {
            broken.add("%s never reached %s on %s (notification %s): the ledger says %s"
                    .formatted(event.token(), recipient, channel, id, story(subject)));
        } else if (channel == Channel.INAPP && watched.contains(recipient) && !shown.contains(id)) {
            broken.add("%s was never shown to %s, who was watching (notification %s)"
                    .formatted(event.token(), recipient, id));
        }
    }

    private boolean isPushed(String recipient, NotificationId id) {
        NotificationId sent = fates.sent(new Fates.Subject(id, Channel.PUSH)).id();
        return pushed.contains(key(recipient, sent.toString()));
    }

    private boolean isExcused(NotificationId id, Channel channel) {
        Fates.Subject subject = new Fates.Subject(id, channel);
        return excuse.coversAny(id, fates.of(subject)) || excuse.coversAny(id, fates.of(fates.sent(subject)));
    }

    private List<String> story(Fates.Subject subject) {
        return fates.of(subject).stream().map(NothingLost::told).toList();
    }

    private static String told(ChannelOutcome outcome) {
        return outcome.state() + " " + outcome.reason().code()
                + (outcome.detail() == null ? "" : " (" + outcome.detail() + ")");
    }

    private static String key(String recipient, String what) {
        return recipient + ' ' + what;
    }
}
