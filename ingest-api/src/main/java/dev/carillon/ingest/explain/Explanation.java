package dev.carillon.ingest.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.ingest.wording.Sentence;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.explain.Explained;
import dev.carillon.schemas.explain.Explained.Finding;
import dev.carillon.schemas.explain.Verdict;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all partitions together answered.
 *
 * @param uid the event's; another one at each question where the event has no id
 * @param count recipients that the event is for
 * @param complete whether {@code count} is all of them, and not only how far the router counted
 * @param recipients the first ones, ordered by id
 * @param sentence what {@code finding} means
 */
record Explanation(
        EventUid uid,
        String source,
        String id,
        Finding finding,
        String sentence,
        long count,
        boolean complete,
        List<Person> recipients,
        @JsonInclude(Include.NON_EMPTY) List<String> problems) {

    static Explanation of(RouteEvent event, List<Explained> answers) {
        Finding finding = answers.stream()
                .map(Explained::finding)
                .max(Comparator.naturalOrder())
                .orElse(Finding.DECIDED);
        long count = answers.stream().mapToLong(Explained::reached).sum();
        boolean complete = answers.stream().allMatch(Explained::counted);
        return new Explanation(
                event.event().uid(),
                event.event().source(),
                event.event().id(),
                finding,
                sentence(finding, complete && count == 0),
                count,
                complete,
                answers.stream()
                        .flatMap(answer -> answer.verdicts().stream())
                        .sorted(Comparator.comparing(Verdict::recipient))
                        .limit(Explained.MOST_VERDICTS)
                        .map(Person::of)
                        .toList(),
                answers.stream()
                        .map(Explained::detail)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    private static String sentence(Finding finding, boolean nobody) {
        return switch (finding) {
            case DECIDED ->
                nobody
                        ? "It is for nobody: its audiences do not exist or have no members, or all of them are excluded."
                        : "This is what the router would decide now. Nothing was sent or remembered.";
            case DUPLICATE -> Sentence.of(OutcomeState.SUPPRESSED, Reason.DUPLICATE);
            case TYPE_PENDING -> Sentence.of(OutcomeState.HELD, Reason.TYPE_PENDING);
            case FAILED -> "The router cannot decide this event; it would end among the dead letters.";
        };
    }

    /** @param direct whether she is named herself, not reached through an audience or a broadcast only */
    record Person(RecipientId recipient, NotificationId notification, boolean direct, List<OnChannel> channels) {
        static Person of(Verdict verdict) {
            return new Person(
                    verdict.recipient(),
                    verdict.notification(),
                    verdict.direct(),
                    verdict.channels().stream()
                            .map(outcome -> OnChannel.of(
                                    outcome,
                                    verdict.titles().get(outcome.channel().code())))
                            .toList());
        }
    }

    /**
     * What would become of it on a channel.
     *
     * @param what {@code deliver}, {@code hold} or {@code suppress}
     * @param detail which rule it was, and why it failed, where the reason alone does not say
     * @param until when it is decided again, where it is held
     * @param title what would be shown, where it goes out now
     */
    record OnChannel(
            Channel channel,
            What what,
            OutcomeState state,
            Reason reason,
            String sentence,
            @Nullable String detail,
            @Nullable Instant until,
            @Nullable String title,
            @JsonInclude(Include.NON_EMPTY) List<String> warnings) {
        static OnChannel of(ChannelOutcome outcome, @Nullable String title) {
            return new OnChannel(
                    outcome.channel(),
                    What.of(outcome.state()),
                    outcome.state(),
                    outcome.reason(),
                    Sentence.of(outcome.state(), outcome.reason()),
                    outcome.detail(),
                    outcome.until(),
                    title,
                    outcome.warnings());
        }
    }

    /** The three decisions that there are. */
    enum What {
        DELIVER,
        HOLD,
        SUPPRESS;

        static What of(OutcomeState state) {
            return switch (state) {
                case ROUTED, MERGED, SENT, RETRYING, SEEN, READ, CLICKED, DISMISSED, ACTED, ARCHIVED, UNSUBSCRIBED ->
                    DELIVER;
                case HELD -> HOLD;
                case SUPPRESSED, REPLACED, CANCELLED, EXPIRED, SKIPPED, DEAD -> SUPPRESS;
            };
        }
    }
}
