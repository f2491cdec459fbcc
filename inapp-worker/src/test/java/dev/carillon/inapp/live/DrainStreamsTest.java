package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class DrainStreamsTest {
    private static final Pattern RETRY = Pattern.compile("(?m)^retry: (\\d+)$");
    private static final Pattern WAIT = Pattern.compile("\"retry_after_ms\":(\\d+)");

    private final LiveSessions sessions =
            new LiveSessions(new StreamDurations(new SimpleMeterRegistry(), ManualClock.at("2026-11-20T10:00:00Z")));

    @Test
    void everyClientIsToldAWaitOfItsOwnWhicheverWayItReadsIt() {
        List<FakeOutlet> clients =
                Stream.of("ada", "bob", "cyd", "dan").map(this::connected).toList();
        Random expected = new Random(7);

        DrainStreams.sendAway(sessions, Duration.ofSeconds(5), new Random(7));

        assertThat(clients.stream().map(client -> found(RETRY, client)))
                .containsExactlyInAnyOrderElementsOf(Stream.generate(() -> expected.nextLong(5_000) + 1)
                        .limit(4)
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(clients).allSatisfy(client -> {
            assertThat(found(WAIT, client)).isEqualTo(found(RETRY, client));
            assertThat(client.text()).contains("\"reason\":\"shutdown\"");
            assertThat(client.isClosed()).isTrue();
        });
    }

    @Test
    void withoutASpreadAllComeBackAtOnce() {
        FakeOutlet client = connected("ada");

        DrainStreams.sendAway(sessions, Duration.ZERO, new Random(7));

        assertThat(found(RETRY, client)).isEqualTo(1);
    }

    private FakeOutlet connected(String user) {
        FakeOutlet outlet = new FakeOutlet();
        LiveSession session =
                new LiveSession(1, Listening.to(new RecipientId(user), null, 1), null, Long.MAX_VALUE, outlet);
        var _ = sessions.add(session, 20);
        session.begin(Uuid.randomUuid(), List.of(), new long[] {0});
        return outlet;
    }

    private static long found(Pattern pattern, FakeOutlet client) {
        return pattern.matcher(client.text())
                .results()
                .map(match -> Long.parseLong(match.group(1)))
                .findFirst()
                .orElse(-1L);
    }
}
