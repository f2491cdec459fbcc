package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Beats are called by the tests: the heartbeat is longer than any of them. */
class LivePulseTest {
    private static final Duration HEARTBEAT = Duration.ofHours(1);
    private static final RecipientId ADA = new RecipientId("ada");
    private static final int BEATS = 30;
    private static final TcpConnection CONNECTION = from(50_000);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LiveSessions sessions = new LiveSessions(new StreamDurations(registry, clock));
    private final FakeOutlet outlet = new FakeOutlet();
    /** Who acknowledges nothing; null where that cannot be told. */
    private volatile @Nullable Set<TcpConnection> silent = Set.of();

    @Test
    void whoLeavesAPingUnansweredIsClosedWithinTwoHeartbeatsOfTheLastSignOfLife() {
        outlet.answerable();
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            LiveSession session = open(null);
            beat(pulse, BEATS);
            assertThat(outlet.text()).contains("event: ping");
            session.alive();
            beat(pulse, BEATS);
            assertThat(outlet.isClosed()).isFalse();

            beat(pulse, BEATS + 1);

            assertThat(outlet.text()).contains("\"reason\":\"stale\"");
            assertThat(outlet.isClosed()).isTrue();
            sessions.remove(session);
            assertThat(failedHeartbeats()).containsExactly("ws unanswered");
        }
    }

    @Test
    void whoCannotAnswerIsAskedForNothing() {
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            open(null);

            beat(pulse, 10 * BEATS);

            assertThat(outlet.isClosed()).isFalse();
            assertThat(outlet.text().split("event: ping", -1)).hasSize(11);
        }
    }

    @Test
    void whoAcknowledgesNothingForHalfAHeartbeatIsClosed() {
        outlet.connectedBy(CONNECTION);
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            LiveSession session = open(null);
            beat(pulse, BEATS);
            silent = Set.of(CONNECTION);
            beat(pulse, BEATS / 2);
            assertThat(outlet.isClosed()).isFalse();

            beat(pulse, BEATS / 3);

            assertThat(outlet.text()).contains("\"reason\":\"stale\"");
            assertThat(outlet.isClosed()).isTrue();
            sessions.remove(session);
            assertThat(failedHeartbeats()).containsExactly("sse unanswered");
        }
    }

    @Test
    void whoAcknowledgesAgainOrIsNotTheSilentOneStays() {
        outlet.connectedBy(CONNECTION);
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            open(null);
            for (int i = 0; i < 4; i++) {
                silent = Set.of(CONNECTION);
                beat(pulse, BEATS / 3);
                silent = Set.of(from(50_001));
                beat(pulse, BEATS / 6);
            }

            assertThat(outlet.isClosed()).isFalse();
        }
    }

    @Test
    void whereTheSystemDoesNotTellNobodyIsTakenForGone() {
        outlet.connectedBy(CONNECTION);
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            open(null);
            silent = null;

            beat(pulse, 4 * BEATS);

            assertThat(outlet.isClosed()).isFalse();
            assertThat(outlet.text().split("event: ping", -1)).hasSize(5);
        }
    }

    @Test
    void aTokenThatHasExpiredEndsItsStream() {
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            LiveSession session = open(clock.instant().plusSeconds(60));
            pulse.beat();
            assertThat(outlet.isClosed()).isFalse();

            clock.advance(Duration.ofSeconds(60));
            pulse.beat();

            assertThat(outlet.text()).contains("\"reason\":\"token_expired\"");
            assertThat(outlet.isClosed()).isTrue();
            sessions.remove(session);
            assertThat(measured("token_expired").totalTime(TimeUnit.SECONDS)).isEqualTo(60);
            assertThat(failedHeartbeats()).isEmpty();
        }
    }

    /** It was told why, and does not end its side. */
    @Test
    void aSocketThatDoesNotEndWithItsTokenIsCut() {
        outlet.answerable();
        outlet.stick();
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            open(clock.instant().plusSeconds(60));

            beat(pulse, 2 * BEATS + 1);

            assertThat(outlet.text()).contains("token_expired").doesNotContain("stale");
            assertThat(outlet.isClosed()).isTrue();
        }
    }

    @Test
    void howLongAConnectionWasOpenIsMeasuredOnceWhenItEnds() {
        LiveSession session = open(clock.instant().plusSeconds(9_000));
        clock.advance(Duration.ofMinutes(7));
        sessions.remove(session);
        session.close(CloseReason.SHUTDOWN, 0);
        sessions.remove(session);
        sessions.remove(new LiveSession(8, Listening.to(ADA, null, 1), null, Long.MAX_VALUE, outlet));

        assertThat(measured("gone").totalTime(TimeUnit.MINUTES)).isEqualTo(7);
        assertThat(registry.find("carillon.inapp.live.duration").timers())
                .singleElement()
                .extracting(Timer::count)
                .isEqualTo(1L);
    }

    private Timer measured(String reason) {
        return registry.get("carillon.inapp.live.duration")
                .tags("kind", "sse", "reason", reason)
                .timer();
    }

    /** The operating system takes no more of what is written: its client has gone without a word. */
    @Test
    void aWriteThatIsStuckForTwoHeartbeatsEndsTheConnection() {
        try (LivePulse pulse = pulse(Duration.ofMillis(50))) {
            LiveSession session = open(null);
            outlet.stick();
            session.tell(Uuid.randomUuid(), LiveEvents.reload(), new AtomicLongArray(1));
            session.flush();
            pulse.beat();

            await().until(outlet::isClosed);
            sessions.remove(session);
            assertThat(measured("slow_reader").count()).isEqualTo(1);
            assertThat(failedHeartbeats()).containsExactly("sse unwritten");
        }
    }

    @Test
    void aConnectionThatBreaksUnderAPingIsAHeartbeatThatFailed() {
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            outlet.stick();
            LiveSession session = open(null);
            beat(pulse, BEATS);

            session.unwritten();
            sessions.remove(session);
            sessions.remove(session);

            assertThat(failedHeartbeats()).containsExactly("sse unwritten");
        }
    }

    /** It is cut off as any other, but no heartbeat of it has to come through any more. */
    @Test
    void aConnectionThatTheServerEndsFailsNoHeartbeat() {
        try (LivePulse pulse = pulse(HEARTBEAT)) {
            outlet.stick();
            LiveSession session = open(null);
            beat(pulse, BEATS);
            session.close(CloseReason.SHUTDOWN, 0);

            session.unwritten();
            session.cutOff();
            sessions.remove(session);

            assertThat(measured("shutdown").count()).isEqualTo(1);
            assertThat(failedHeartbeats()).isEmpty();
        }
    }

    private List<String> failedHeartbeats() {
        return registry.get("carillon.inapp.live.heartbeats.failed").counters().stream()
                .filter(counter -> counter.count() == 1)
                .map(counter ->
                        counter.getId().getTag("kind") + " " + counter.getId().getTag("reason"))
                .toList();
    }

    private LivePulse pulse(Duration heartbeat) {
        LiveProperties properties = new LiveProperties(
                heartbeat,
                20,
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(10),
                DataSize.ofMegabytes(1),
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofHours(5));
        LiveStreams streams = new LiveStreams(Uuid.randomUuid(), 1, sessions, properties, session -> {});
        return new LivePulse(
                sessions,
                streams,
                new TellCounts(recipients -> Map.of(ADA, 3), sessions),
                clock,
                properties,
                () -> Objects.requireNonNull(silent, "the table cannot be read"));
    }

    private LiveSession open(@Nullable Instant expiresAt) {
        LiveSession session = new LiveSession(7, Listening.to(ADA, null, 1), expiresAt, Long.MAX_VALUE, outlet);
        assertThat(sessions.add(session, 20)).isSameAs(LiveSessions.Surplus.NOTHING);
        session.begin(Uuid.randomUuid(), List.of(), new long[] {0});
        return session;
    }

    private static TcpConnection from(int port) {
        InetAddress here = InetAddress.getLoopbackAddress();
        return new TcpConnection(new InetSocketAddress(here, 8080), new InetSocketAddress(here, port));
    }

    private void beat(LivePulse pulse, int times) {
        for (int i = 0; i < times; i++) {
            clock.advance(HEARTBEAT.dividedBy(BEATS));
            pulse.beat();
        }
    }

    @Test
    void countsLessOftenTheLongerCountingTakes() {
        assertThat(LivePulse.pauseAfter(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(50));
        assertThat(LivePulse.pauseAfter(Duration.ofMillis(20))).isEqualTo(Duration.ofMillis(180));
        assertThat(LivePulse.pauseAfter(Duration.ofSeconds(3))).isEqualTo(Duration.ofMillis(500));
    }
}
