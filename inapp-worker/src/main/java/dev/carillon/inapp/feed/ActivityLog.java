package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.SendBeforeAnswer;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Where activities go. Each is the broker's before the row it is about changes. */
final class ActivityLog {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int IDS_PER_RECORD = 1_000;

    private final RecordSender records;
    private final TopicSpec topic;

    ActivityLog(RecordSender records, TopicSpec activity) {
        this.records = records;
        this.topic = activity;
    }

    /** @throws ProblemException 503 where the broker does not acknowledge: nothing is recorded, and the caller repeats */
    void acknowledge(Activity activity) {
        acknowledgeAll(List.of(activity));
    }

    /** One activity about many notifications, in portions that stay far below what a record may hold. */
    void acknowledge(List<UUID> ids, Function<List<NotificationId>, Activity> activity) {
        List<Activity> portions = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_RECORD) {
            List<UUID> some = ids.subList(from, Math.min(from + IDS_PER_RECORD, ids.size()));
            portions.add(activity.apply(some.stream().map(NotificationId::new).toList()));
        }
        acknowledgeAll(portions);
    }

    /** Waits for all of them together. */
    void acknowledgeAll(List<Activity> activities) {
        SendBeforeAnswer.all(records, activities.stream().map(this::record).toList(), LIMIT, ActivityLog::unavailable);
    }

    private OutgoingRecord record(Activity activity) {
        return OutgoingRecord.of(topic, activity.recipient(), activity);
    }

    private static ProblemException unavailable(Exception cause) {
        return ProblemException.brokerUnavailable(
                "the change is not recorded; send it again", Duration.ofSeconds(1), cause);
    }
}
