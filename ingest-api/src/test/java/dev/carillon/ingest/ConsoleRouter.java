package dev.carillon.ingest;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.ChangeHold;
import dev.carillon.schemas.event.IntakeRecord.DryRun;
import dev.carillon.schemas.event.IntakeRecord.ListHolds;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.explain.Explained;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.explain.HoldsListed;
import dev.carillon.schemas.explain.OpenHold;
import dev.carillon.schemas.explain.Verdict;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a router says for whom something waits until it is released or cancelled, and who explains one answer only. */
final class ConsoleRouter {
    private static final EventUid EVENT = EventUid.of("test", "held");
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final RecipientId ADA = new RecipientId("ada");
    private static final int PARTITIONS = 4;

    private final String type;
    private final Set<RecipientId> changed = ConcurrentHashMap.newKeySet();

    /** @param type of everything that it names */
    ConsoleRouter(String type) {
        this.type = type;
    }

    @Nullable Answer answer(IntakeRecord asked, int partition) {
        return switch (asked) {
            case ListHolds list ->
                new HoldsListed(list.request(), partition, list.recipient(), holds(list.recipient()));
            case ChangeHold change -> {
                changed.add(change.recipient());
                yield new HoldChanged(
                        change.request(), partition, HoldChanged.Result.DONE, List.of(outcome(change)), null);
            }
            case DryRun run -> {
                List<Verdict> found = partition == Partitions.of(ADA, PARTITIONS) ? List.of(verdict()) : List.of();
                yield new Explained(
                        run.request(), partition, Explained.Finding.DECIDED, found.size(), true, found, null);
            }
            default -> null;
        };
    }

    private List<OpenHold> holds(RecipientId recipient) {
        if (changed.contains(recipient)) {
            return List.of();
        }
        var item = new OpenHold.Item(NotificationId.of(EVENT, recipient), EVENT, type, THEN, Reason.QUIET_HOURS);
        return List.of(new OpenHold(
                EVENT.value(), Channel.EMAIL, "quiet", Reason.QUIET_HOURS, THEN, THEN, 1, 0, List.of(item)));
    }

    private static NotificationOutcome outcome(ChangeHold change) {
        ChannelOutcome end = change.change() == HoldChange.RELEASE
                ? ChannelOutcome.of(Channel.EMAIL, OutcomeState.ROUTED, Reason.NONE)
                : ChannelOutcome.of(Channel.EMAIL, OutcomeState.CANCELLED, Reason.CANCELLED_BY_OPERATOR);
        return new NotificationOutcome(
                NotificationId.of(EVENT, change.recipient()), EVENT, change.recipient(), THEN, List.of(end));
    }

    private Verdict verdict() {
        return new Verdict(
                ADA,
                NotificationId.of(EVENT, ADA),
                true,
                List.of(
                        ChannelOutcome.of(Channel.EMAIL, OutcomeState.ROUTED, Reason.NONE),
                        ChannelOutcome.of(Channel.PUSH, OutcomeState.SUPPRESSED, Reason.CHANNEL_OFF)),
                Map.of(Channel.EMAIL.code(), type));
    }
}
