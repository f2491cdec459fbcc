package dev.carillon.push.subscription;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Reachability on the topic {@code activity}. */
public final class ReachabilityActivity implements Reachability {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final RecordSender sender;
    private final Topics topics;
    private final Clock clock;

    public ReachabilityActivity(RecordSender sender, Topics topics, Clock clock) {
        this.sender = sender;
        this.topics = topics;
        this.clock = clock;
    }

    @Override
    public void reachable(RecipientId recipient, boolean reachable) {
        Activity activity = new Activity.Reachable(recipient, Channel.PUSH, reachable, clock.instant());
        try {
            sender.sendAll(List.of(OutgoingRecord.of(topics.activity(), recipient, activity)), LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted before the broker acknowledged", e);
        }
    }
}
