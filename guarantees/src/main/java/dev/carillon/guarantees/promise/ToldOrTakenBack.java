package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was cancelled is told or taken back, never both, per recipient and channel, and nothing else is taken back. Mails and
 * pushes may be both where they were in flight when something was killed; what a feed shows may be where a router died
 * before it committed its decision.
 */
public final class ToldOrTakenBack implements Guarantee {

    private final Map<Channel, Long> inFlight;
    private final List<TakenBack> cancels = new ArrayList<>();
    private final Map<NotificationId, Accepted> events = new HashMap<>();
    private final Set<NotificationId> asked = new HashSet<>();
    private final Set<NotificationId> drafted = new HashSet<>();
    private final Set<NotificationId> inApp = new HashSet<>();
    private final Set<String> mailed = new HashSet<>();
    private final Set<String> pushed = new HashSet<>();
    private final Fates fates = new Fates();

    /** @param mailsInFlight how many hand-overs could have been under way when a fault hit, all faults together */
    public ToldOrTakenBack(long mailsInFlight, long pushesInFlight) {
        inFlight = Map.of(Channel.INAPP, 0L, Channel.EMAIL, mailsInFlight, Channel.PUSH, pushesInFlight);
    }

    @Override
    public void accepted(Accepted event) {
        event.targets().keySet().forEach(recipient -> events.put(event.notification(recipient), event));
    }

    @Override
    public void takenBack(TakenBack cancel) {
        cancels.add(cancel);
        cancel.recipients().forEach(one -> asked.add(cancel.event().notification(one)));
    }

    @Override
    public void drafted(NotificationOutcome outcome) {
        List<ChannelOutcome> ofFeed = outcome.channels().stream()
                .filter(one -> one.channel() == Channel.INAPP)
                .toList();
        if (has(ofFeed, OutcomeState.ROUTED)) {
            drafted.add(outcome.notification());
        }
    }

    @Override
    public void shown(Shown one) {
        inApp.add(one.id());
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feed.forEach(row -> inApp.add(row.id()));
    }

    @Override
    public void mailed(Mailed mail) {
        mail.tokens().forEach(token -> mailed.add(mail.recipient() + ' ' + token));
    }

    @Override
    public void pushed(Pushed push) {
        pushed.add(push.recipient() + ' ' + push.id());
    }

    @Override
    public void told(NotificationOutcome outcome) {
        fates.add(outcome);
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        Map<Channel, List<String>> both = new EnumMap<>(Channel.class);
        for (TakenBack cancel : cancels) {
            for (String recipient : cancel.recipients()) {
                for (Channel channel : Channel.values()) {
                    if (isBoth(cancel.event(), recipient, channel)) {
                        both.computeIfAbsent(channel, one -> new ArrayList<>())
                                .add(cancel.event().token() + " is told to " + recipient + " on " + channel
                                        + " and taken back");
                    }
                }
            }
        }
        both.forEach((channel, sentences) -> {
            if (sentences.size() > inFlight.getOrDefault(channel, 0L)) {
                broken.addAll(sentences);
            }
        });
        for (Fates.Subject subject : fates.subjects()) {
            if (events.containsKey(subject.id()) && !asked.contains(subject.id()) && fates.isTakenBack(subject)) {
                broken.add(subject + " was taken back, which nobody asked for");
            }
        }
        return broken;
    }

    private boolean isBoth(Accepted event, String recipient, Channel channel) {
        NotificationId id = event.notification(recipient);
        Fates.Subject subject = new Fates.Subject(id, channel);
        return fates.isTakenBack(subject) && isTold(event.token(), recipient, subject);
    }

    private boolean isTold(String token, String recipient, Fates.Subject subject) {
        return switch (subject.channel()) {
            case INAPP ->
                inApp.contains(subject.id())
                        && (!drafted.contains(subject.id()) || has(fates.of(subject), OutcomeState.ROUTED));
            case EMAIL -> mailed.contains(recipient + ' ' + token);
            case PUSH -> pushed.contains(recipient + ' ' + fates.sent(subject).id());
        };
    }

    private static boolean has(List<ChannelOutcome> outcomes, OutcomeState state) {
        return outcomes.stream().anyMatch(outcome -> outcome.state() == state);
    }
}
