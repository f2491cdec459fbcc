package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TellCountsTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final RecipientId TAB = LiveRecipients.session("tab-1");
    private static final Map<RecipientId, Integer> UNREAD = Map.of(ADA, 5, TAB, 1);

    private final LiveSessions sessions =
            new LiveSessions(new StreamDurations(new SimpleMeterRegistry(), Clock.systemUTC()));
    private final TellCounts counts = new TellCounts(
            recipients -> recipients.stream()
                    .collect(Collectors.toMap(Function.identity(), recipient -> UNREAD.getOrDefault(recipient, 0))),
            sessions);

    /** Hers listens to what is for the session as well; its badge is that of her own feed. */
    @Test
    void theCountOfASessionIsNotToldAsItsUsers() {
        LiveSession hers = open(ADA, "tab-1");
        LiveSession alone = open(TAB, null);

        counts.changed(alone);
        assertThat(told()).containsExactly("session:tab-1 1");

        counts.changed(hers);
        assertThat(told()).containsExactly("ada 5");
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        counts.tell((session, count) -> told.add(session.recipient().value() + " " + count));
        return told;
    }

    private LiveSession open(RecipientId recipient, @Nullable String session) {
        LiveSession opened =
                new LiveSession(1, Listening.to(recipient, session, 1), null, Long.MAX_VALUE, new FakeOutlet());
        assertThat(sessions.add(opened, 20)).isSameAs(LiveSessions.Surplus.NOTHING);
        return opened;
    }
}
