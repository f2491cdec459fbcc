package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.delivery.Outcomes;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the rest of the system is told once a batch is stored. */
final class FeedAnnouncements {
    private final FeedReader feed;
    private final LiveRecords live;
    private final TopicSpec outcomes;
    private final TopicSpec activity;

    FeedAnnouncements(FeedReader feed, LiveRecords live, Topics topics) {
        this.feed = feed;
        this.live = live;
        this.outcomes = topics.outcomes();
        this.activity = topics.activity();
    }

    /**
     * Takes from the screens what a batch has replaced, tells the ledger of it and of what was dismissed, and shows the
     * batch's rows.
     */
    Stream<OutgoingRecord> of(List<FeedRow> rows, Stored stored) {
        return Stream.of(
                        replaced(rows, stored.replaced()),
                        dismissed(stored.dismissed()),
                        stored.allAsTheyCame() ? shown(rows) : shownAsTheyAre(rows))
                .flatMap(records -> records);
    }

    /** Takes from the screens what {@code rows} have replaced, and tells the ledger what was replaced. */
    Stream<OutgoingRecord> replaced(List<FeedRow> rows, List<Replaced> replaced) {
        return Stream.concat(gone(rows, replaced), replaced.stream().map(this::told));
    }

    /** What was replaced by others came late, and was on no screen. */
    private Stream<OutgoingRecord> gone(List<FeedRow> rows, List<Replaced> replaced) {
        Set<UUID> newer = rows.stream().map(row -> row.item().id()).collect(Collectors.toSet());
        return replaced.stream()
                .filter(one -> newer.contains(one.by()))
                .map(one -> live.updated(one.recipient(), Map.of("id", one.id(), "replaced_by", one.by())));
    }

    private OutgoingRecord told(Replaced one) {
        List<NotificationId> ids = List.of(new NotificationId(one.id()));
        return OutgoingRecord.of(activity, one.recipient(), new Activity.Replaced(one.recipient(), ids, one.at()));
    }

    /** Tells router and ledger what was dismissed before it came: nothing of it goes out elsewhere any more. */
    Stream<OutgoingRecord> dismissed(List<Activity.Dismissed> dismissed) {
        return dismissed.stream().map(one -> OutgoingRecord.of(activity, one.recipient(), one));
    }

    /** As they were stored. */
    private Stream<OutgoingRecord> shown(List<FeedRow> rows) {
        return rows.stream()
                .map(row -> live.notification(
                        row.recipient(), row.item().id(), row.item().rev(), row.item()));
    }

    /**
     * As the feed has them now: some were known already, and read or dismissed since, or are newer. What is never
     * stored is shown as it came.
     */
    private Stream<OutgoingRecord> shownAsTheyAre(List<FeedRow> rows) {
        Map<FeedKey, FeedRow> current = feed
                .rows(rows.stream().map(FeedRow::key).toList())
                .stream()
                .collect(Collectors.toMap(FeedRow::key, row -> row));
        return shown(rows.stream()
                .flatMap(row -> row.isEphemeral() ? Stream.of(row) : Stream.ofNullable(current.get(row.key())))
                .toList());
    }

    /** Tells the ledger about deliveries that came too late to be stored. */
    Stream<OutgoingRecord> expired(List<Delivery> deliveries, Instant now) {
        return Outcomes.pack(
                outcomes,
                deliveries.stream().map(delivery -> expired(delivery, now)).toList())
                .stream();
    }

    private static NotificationOutcome expired(Delivery delivery, Instant now) {
        return NotificationOutcome.of(
                delivery.notification(),
                now,
                List.of(ChannelOutcome.of(Channel.INAPP, OutcomeState.EXPIRED, Reason.EXPIRED)));
    }
}
