package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final PushOrigin ORIGIN = PushOrigin.of(URI.create("https://push.example/1"));
    private static final PushOrigin OTHER = PushOrigin.of(URI.create("https://other.example/1"));
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Origins origins = new Origins(PATIENCE, 3);

    @Test
    void anOriginThatAsksForTimeGetsItAndNoOther() {
        origins.observe(ORIGIN, new PushAnswer.Busy(429, NOW.plusSeconds(90)), NOW);

        assertThat(origins.closedUntil(ORIGIN, NOW)).isEqualTo(NOW.plusSeconds(90));
        assertThat(origins.closedUntil(OTHER, NOW)).isNull();
        assertThat(origins.closedUntil(ORIGIN, NOW.plusSeconds(90))).isNull();
    }

    @Test
    void threeFailuresInARowCloseAnOriginForTwoSecondsDoublingToFiveMinutes() {
        fail(2, NOW);
        assertThat(origins.closedUntil(ORIGIN, NOW)).isNull();
        fail(1, NOW);
        assertThat(origins.closedUntil(ORIGIN, NOW)).isEqualTo(NOW.plusSeconds(2));

        Instant now = NOW.plusSeconds(3);
        fail(1, now);
        assertThat(origins.closedUntil(ORIGIN, now)).isEqualTo(now.plusSeconds(4));
        for (int i = 0; i < 20; i++) {
            now = now.plus(Duration.ofMinutes(6));
            fail(1, now);
        }
        assertThat(origins.closedUntil(ORIGIN, now)).isEqualTo(now.plus(Duration.ofMinutes(5)));
    }

    @Test
    void failuresOfWhatWasAlreadyUnderWayDoNotPileUp() {
        fail(200, NOW);

        assertThat(origins.closedUntil(ORIGIN, NOW)).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void anyRealAnswerEndsTheTrouble() {
        fail(3, NOW);
        origins.observe(ORIGIN, new PushAnswer.Gone(410), NOW);

        assertThat(origins.closedUntil(ORIGIN, NOW)).isNull();
        assertThat(origins.patience(ORIGIN)).isEqualTo(PATIENCE);
    }

    @Test
    void aSilentOriginGetsLessAndLessTimeToAnswer() {
        assertThat(origins.patience(ORIGIN)).isEqualTo(PATIENCE);
        fail(1, NOW);
        assertThat(origins.patience(ORIGIN)).isEqualTo(Duration.ofSeconds(4));
        fail(20, NOW);
        assertThat(origins.patience(ORIGIN)).isEqualTo(Duration.ofMillis(500));
        assertThat(origins.patience(OTHER)).isEqualTo(PATIENCE);
    }

    @Test
    void anOriginThatDoesNotAnswerGetsNoMoreThanItsShareOfThePlaces() {
        Instant later = NOW.plus(Bulkhead.MOMENT).plusMillis(1);
        for (int i = 0; i < 4; i++) {
            assertThat(origins.enter(ORIGIN, NOW)).isNull();
        }

        assertThat(origins.enter(ORIGIN, later)).isAfter(later);
        assertThat(origins.enter(OTHER, later)).isNull();
        origins.leave(ORIGIN);
        origins.leave(ORIGIN);
        assertThat(origins.enter(ORIGIN, later)).isNull();
        assertThat(origins.enter(ORIGIN, later)).isNotNull();
        origins.observe(ORIGIN, new PushAnswer.Accepted(), later);
        assertThat(origins.enter(ORIGIN, later)).isNull();
    }

    private void fail(int times, Instant now) {
        for (int i = 0; i < times; i++) {
            origins.observe(ORIGIN, new PushAnswer.Unreachable("no answer"), now);
        }
    }
}
