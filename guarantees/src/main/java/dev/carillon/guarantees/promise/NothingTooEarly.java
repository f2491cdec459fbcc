package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be told at a time, or only where nobody has read it by then, goes out on no channel before that. */
public final class NothingTooEarly implements Guarantee {

    private final Map<NotificationId, Nature> natures = new HashMap<>();
    private final List<NotificationOutcome> out = new ArrayList<>();

    @Override
    public void accepted(Accepted event) {
        event.targets().keySet().forEach(recipient -> natures.put(event.notification(recipient), event.nature()));
    }

    @Override
    public void told(NotificationOutcome outcome) {
        out.add(outcome);
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (NotificationOutcome told : out) {
            Nature nature = natures.get(told.notification());
            for (ChannelOutcome outcome : told.channels()) {
                Instant earliest = nature == null ? Instant.MIN : earliest(nature, outcome.channel());
                if (isOut(outcome.state()) && told.at().isBefore(earliest)) {
                    broken.add("%s went out on %s at %s, before %s"
                            .formatted(told.notification(), outcome.channel(), told.at(), earliest));
                }
            }
        }
        return broken;
    }

    private static boolean isOut(OutcomeState state) {
        return state == OutcomeState.ROUTED || state == OutcomeState.MERGED;
    }

    private static Instant earliest(Nature nature, Channel channel) {
        return switch (nature) {
            case Nature.Later(Instant deliverAt) -> deliverAt;
            case Nature.Escalating(Instant mailAt) -> channel == Channel.EMAIL ? mailAt : Instant.MIN;
            case Nature.Plain _, Nature.Grouped _, Nature.Capped _ -> Instant.MIN;
        };
    }
}
