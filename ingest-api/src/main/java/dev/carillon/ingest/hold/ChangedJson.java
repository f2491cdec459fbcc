package dev.carillon.ingest.hold;

import dev.carillon.ingest.wording.Sentence;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.util.List;
import java.util.UUID;

/** What became of the notifications of a hold that was released or cancelled. */
record ChangedJson(UUID hold, HoldChange change, List<Became> notifications) {

    static ChangedJson of(UUID hold, HoldChange change, HoldChanged answer) {
        return new ChangedJson(
                hold,
                change,
                answer.outcomes().stream()
                        .flatMap(outcome -> outcome.channels().stream().map(channel -> Became.of(outcome, channel)))
                        .toList());
    }

    record Became(
            NotificationId notification,
            EventUid event,
            Channel channel,
            OutcomeState state,
            Reason reason,
            String sentence) {
        static Became of(NotificationOutcome outcome, ChannelOutcome channel) {
            return new Became(
                    outcome.notification(),
                    outcome.event(),
                    channel.channel(),
                    channel.state(),
                    channel.reason(),
                    Sentence.of(channel.state(), channel.reason()));
        }
    }
}
