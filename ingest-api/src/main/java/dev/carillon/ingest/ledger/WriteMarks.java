package dev.carillon.ingest.ledger;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to rows what recipients did. What has no row is passed over: its type has none, or it is too old. */
final class WriteMarks {
    /** Marked as read at once; of a longer feed the newest. */
    private static final int MOST_READ_AT_ONCE = 1_000;

    private final LedgerTable table;

    WriteMarks(LedgerTable table) {
        this.table = table;
    }

    private record Mark(RecipientId recipient, NotificationId notification, Channel channel, Step step) {}

    /** Writes a batch, within a transaction. */
    void write(List<Activity> activities) {
        List<Mark> marks = new ArrayList<>();
        for (Activity activity : activities) {
            switch (activity) {
                case Activity.Seen seen -> add(marks, seen, seen.notifications(), OutcomeState.SEEN);
                case Activity.Read read -> add(marks, read, read.notifications(), OutcomeState.READ);
                case Activity.Dismissed gone -> add(marks, gone, gone.notifications(), OutcomeState.DISMISSED);
                case Activity.Clicked clicked ->
                    marks.add(mark(clicked, clicked.notification(), clicked.channel(), OutcomeState.CLICKED, null));
                case Activity.Acted acted ->
                    marks.add(mark(acted, acted.notification(), Channel.INAPP, OutcomeState.ACTED, acted.action()));
                case Activity.ReadAll all -> {
                    apply(marks);
                    marks.clear();
                    readAll(all);
                }
                case Activity.Reachable _ -> {}
                case Activity.Unsubscribed _ -> {}
                case Activity.Ended _ -> {}
            }
        }
        apply(marks);
    }

    private void apply(List<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        Map<NotificationId, LedgerRow> rows = new LinkedHashMap<>();
        table.lockOfAnyDay(
                        marks.stream().map(Mark::recipient).toList(),
                        marks.stream().map(Mark::notification).toList())
                .forEach(row -> rows.putIfAbsent(row.notification(), row));
        Map<NotificationId, LedgerRow> changed = new HashMap<>();
        for (Mark mark : marks) {
            LedgerRow row = changed.getOrDefault(mark.notification(), rows.get(mark.notification()));
            if (row != null) {
                changed.put(
                        mark.notification(),
                        row.with(mark.channel().code(), mark.step(), mark.step().at()));
            }
        }
        table.write(changed.values());
    }

    private void readAll(Activity.ReadAll all) {
        Step read = Step.of(OutcomeState.READ, all.at(), null);
        table.write(table.lockUnread(all.recipient(), all.upTo(), MOST_READ_AT_ONCE).stream()
                .map(row -> row.with(Channel.INAPP.code(), read, all.at()))
                .toList());
    }

    private static void add(
            List<Mark> marks, Activity activity, List<NotificationId> notifications, OutcomeState state) {
        for (NotificationId notification : notifications) {
            marks.add(mark(activity, notification, Channel.INAPP, state, null));
        }
    }

    private static Mark mark(
            Activity activity,
            NotificationId notification,
            Channel channel,
            OutcomeState state,
            @Nullable String detail) {
        Instant at = activity.at();
        return new Mark(activity.recipient(), notification, channel, Step.of(state, at, detail));
    }
}
