package dev.carillon.ingest.ledger;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.RecipientId;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to rows what recipients did. What has no row is passed over: its type has none, or it is too old. */
final class WriteMarks {
    /** Marked as read at once; of a longer feed the newest. */
    private static final int MOST_READ_AT_ONCE = 1_000;

    /** What she does only with what she was shown. */
    private static final Set<OutcomeState> SHOWN =
            Set.of(OutcomeState.SEEN, OutcomeState.READ, OutcomeState.ARCHIVED, OutcomeState.ACTED);
    /** Ends without having been shown. */
    private static final Set<OutcomeState> REFUSED =
            Set.of(OutcomeState.SUPPRESSED, OutcomeState.CANCELLED, OutcomeState.EXPIRED);

    private final LedgerTable table;
    private final Counter phantoms;

    /** @param phantoms counts what somebody saw in the feed although it was refused there */
    WriteMarks(LedgerTable table, Counter phantoms) {
        this.table = table;
        this.phantoms = phantoms;
    }

    private record Mark(RecipientId recipient, NotificationId notification, Channel channel, Step step) {}

    /** Writes a batch, within a transaction. @return what of it is new, as outcomes */
    List<NotificationOutcome> write(List<Activity> activities) {
        List<NotificationOutcome> news = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (Activity activity : activities) {
            switch (activity) {
                case Activity.Seen seen -> add(marks, seen, seen.notifications(), seen.seenOn(), OutcomeState.SEEN);
                case Activity.Read read -> add(marks, read, read.notifications(), Channel.INAPP, OutcomeState.READ);
                case Activity.Dismissed gone ->
                    add(marks, gone, gone.notifications(), Channel.INAPP, OutcomeState.DISMISSED);
                case Activity.Clicked clicked ->
                    marks.add(mark(clicked, clicked.notification(), clicked.channel(), OutcomeState.CLICKED, null));
                case Activity.Acted acted ->
                    marks.add(mark(acted, acted.notification(), Channel.INAPP, OutcomeState.ACTED, acted.action()));
                case Activity.ReadAll all -> {
                    news.addAll(apply(marks));
                    marks.clear();
                    news.addAll(readAll(all));
                }
                case Activity.Reachable _ -> {}
                case Activity.Archived away ->
                    add(marks, away, away.notifications(), Channel.INAPP, OutcomeState.ARCHIVED);
                case Activity.Replaced old ->
                    add(marks, old, old.notifications(), Channel.INAPP, OutcomeState.REPLACED);
                case Activity.Unsubscribed stopped -> unsubscribed(stopped).ifPresent(marks::add);
                case Activity.Ended _ -> {}
            }
        }
        news.addAll(apply(marks));
        return news;
    }

    private List<NotificationOutcome> apply(List<Mark> marks) {
        if (marks.isEmpty()) {
            return List.of();
        }
        List<NotificationOutcome> news = new ArrayList<>();
        Map<NotificationId, LedgerRow> rows = new LinkedHashMap<>();
        table.lockOfAnyDay(
                        marks.stream().map(Mark::recipient).toList(),
                        marks.stream().map(Mark::notification).toList())
                .forEach(row -> rows.putIfAbsent(row.notification(), row));
        Map<NotificationId, LedgerRow> changed = new HashMap<>();
        for (Mark mark : marks) {
            LedgerRow row = changed.getOrDefault(mark.notification(), rows.get(mark.notification()));
            LedgerRow marked = row == null
                    ? null
                    : row.with(mark.channel().code(), mark.step(), mark.step().at());
            if (row != null && marked != null && !marked.channels().equals(row.channels())) {
                if (isPhantom(mark, row.channels().getOrDefault(mark.channel().code(), List.of()))) {
                    phantoms.increment();
                }
                changed.put(mark.notification(), marked);
                news.add(outcome(marked, mark.channel(), mark.step()));
            }
        }
        table.write(changed.values());
        return news;
    }

    /** The first sign that she saw what the router refused to show. What somebody else dismissed she need not have seen. */
    private static boolean isPhantom(Mark mark, List<Step> before) {
        return mark.channel() == Channel.INAPP
                && SHOWN.contains(mark.step().state())
                && !before.isEmpty()
                && before.stream().allMatch(step -> REFUSED.contains(step.state()));
    }

    private List<NotificationOutcome> readAll(Activity.ReadAll all) {
        Step read = Step.of(OutcomeState.READ, all.at(), null);
        List<LedgerRow> rows = table.lockUnread(all.recipient(), all.upTo(), MOST_READ_AT_ONCE).stream()
                .map(row -> row.with(Channel.INAPP.code(), read, all.at()))
                .toList();
        table.write(rows);
        return rows.stream().map(row -> outcome(row, Channel.INAPP, read)).toList();
    }

    private static NotificationOutcome outcome(LedgerRow row, Channel channel, Step step) {
        return new NotificationOutcome(
                row.notification(),
                row.event(),
                row.recipient(),
                step.at(),
                List.of(new ChannelOutcome(channel, step.state(), step.reason(), step.detail(), null, 0)),
                row.acceptedAt(),
                row.type(),
                row.source());
    }

    private static void add(
            List<Mark> marks,
            Activity activity,
            List<NotificationId> notifications,
            Channel channel,
            OutcomeState state) {
        for (NotificationId notification : notifications) {
            marks.add(mark(activity, notification, channel, state, null));
        }
    }

    /** Of the mail whose link she took; empty where that is not known. */
    private static Optional<Mark> unsubscribed(Activity.Unsubscribed stopped) {
        String scope = stopped.scope().name().toLowerCase(Locale.ROOT);
        String detail = stopped.name() == null ? scope : scope + " " + stopped.name();
        return Optional.ofNullable(stopped.notification())
                .map(id -> mark(stopped, id, stopped.channel(), OutcomeState.UNSUBSCRIBED, detail));
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
