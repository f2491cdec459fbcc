package dev.carillon.router.decision;

import static dev.carillon.router.decision.Cases.NOW;
import static dev.carillon.router.decision.Cases.candidate;
import static dev.carillon.router.decision.Cases.choices;
import static dev.carillon.router.decision.Cases.everyDay;
import static dev.carillon.router.decision.Cases.reachable;
import static dev.carillon.router.decision.Cases.read;
import static dev.carillon.router.decision.Cases.timed;
import static dev.carillon.router.decision.Cases.treated;
import static dev.carillon.router.decision.Cases.unreachable;
import static dev.carillon.router.decision.Cases.waiting;
import static dev.carillon.schemas.Channel.EMAIL;
import static dev.carillon.schemas.Channel.INAPP;
import static dev.carillon.schemas.Channel.PUSH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.decision.Decision.Deliver;
import dev.carillon.router.decision.Decision.Hold;
import dev.carillon.router.decision.Decision.Suppress;
import dev.carillon.router.decision.RecipientState.Jitter;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideTest {
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final Instant EARLIER = NOW.minus(Duration.ofHours(1));
    private static final Decision GO = new Deliver(false);

    /** Type, category and channel as the recipient chose them, and whether the type has the channel. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,   -,   -,     EMAIL, NONE",
                "-,   -,   -,     PUSH,  NOT_IN_TYPE",
                "-,   -,   true,  PUSH,  NOT_IN_TYPE",
                "-,   -,   false, EMAIL, CHANNEL_OFF",
                "-,   -,   false, PUSH,  CHANNEL_OFF",
                "-,   ON,  -,     PUSH,  NONE",
                "-,   ON,  false, EMAIL, NONE",
                "-,   OFF, true,  EMAIL, CATEGORY_OFF",
                "ON,  -,   -,     PUSH,  NONE",
                "ON,  OFF, false, PUSH,  NONE",
                "OFF, ON,  true,  EMAIL, TYPE_OFF",
                "OFF, -,   -,     PUSH,  TYPE_OFF"
            })
    void theMostPreciseWordOfTheRecipientCounts(
            @Nullable Choice type,
            @Nullable Choice category,
            @Nullable Boolean channels,
            Channel channel,
            Reason expected) {
        Decision decision = decide(candidate(), channel, reachable(choices(type, category, channels)));

        assertThat(decision).isEqualTo(expected == Reason.NONE ? GO : new Suppress(expected));
    }

    @Test
    void whatHasExpiredIsNotSentWhateverElseHolds() {
        Candidate expired = timed(null, NOW);

        for (Channel channel : Channel.values()) {
            assertThat(decide(expired, channel, read(choices(Choice.OFF, null, false))))
                    .isEqualTo(new Suppress(Reason.EXPIRED));
        }
    }

    @Test
    void whatIsReadGoesToTheFeedAgainButNotToMailOrPush() {
        assertThat(decide(candidate(), EMAIL, read(Preferences.defaults())))
                .isEqualTo(new Suppress(Reason.ALREADY_READ));
        assertThat(decide(candidate(), INAPP, read(Preferences.defaults()))).isEqualTo(GO);
    }

    @Test
    void onesOwnActionIsNotTold() {
        Candidate own = treated(Priority.NORMAL, false, true);

        assertThat(decide(own, INAPP, reachable(Preferences.defaults()))).isEqualTo(new Suppress(Reason.OWN_ACTION));
    }

    @Test
    void aCriticalTypePassesEverythingButExpiryReadingItsChannelsAndTheAddress() {
        Candidate critical = treated(Priority.NORMAL, true, true);
        Preferences closed = waiting(LATER, everyDay("09:00", "11:00"));

        assertThat(decide(critical, EMAIL, reachable(closed))).isEqualTo(GO);
        assertThat(decide(critical, INAPP, reachable(closed))).isEqualTo(GO);
        assertThat(decide(critical, EMAIL, reachable(choices(Choice.OFF, Choice.OFF, false))))
                .isEqualTo(GO);
        assertThat(decide(critical, PUSH, reachable(choices(Choice.ON, null, null))))
                .isEqualTo(new Suppress(Reason.NOT_IN_TYPE));
        assertThat(decide(critical, EMAIL, unreachable(false, Map.of()))).isEqualTo(new Suppress(Reason.NO_ADDRESS));
        assertThat(decide(critical, EMAIL, read(closed))).isEqualTo(new Suppress(Reason.ALREADY_READ));
    }

    @Test
    void whoCannotBeReachedIsNotHeldFirst() {
        Candidate scheduled = timed(LATER, null);

        assertThat(decide(scheduled, EMAIL, unreachable(false, Map.of()))).isEqualTo(new Suppress(Reason.NO_ADDRESS));
        assertThat(decide(scheduled, EMAIL, unreachable(true, Map.of(EMAIL, false))))
                .isEqualTo(new Suppress(Reason.SUPPRESSED_ADDRESS));
        RecipientState noDevice = new RecipientState(
                choices(Choice.ON, null, null),
                Cases.UTC,
                true,
                Map.of(PUSH, false),
                candidate -> false,
                new Jitter(0, Duration.ZERO));
        assertThat(decide(scheduled, PUSH, noDevice)).isEqualTo(new Suppress(Reason.NO_SUBSCRIPTION));
    }

    @Test
    void aMuteHoldsMailsUntilItsEndAndSilencesTheFeedHoweverLongItIs() {
        assertThat(decide(candidate(), EMAIL, reachable(waiting(LATER))))
                .isEqualTo(new Hold(LATER, Slot.muted(LATER), Gate.MUTED));
        assertThat(decide(candidate(), INAPP, reachable(waiting(LATER)))).isEqualTo(new Deliver(true));
        assertThat(decide(treated(Priority.URGENT, false, false), INAPP, reachable(waiting(LATER))))
                .isEqualTo(new Deliver(true));
        RecipientState forYears = reachable(waiting(NOW.plus(Duration.ofDays(9_999))));
        assertThat(decide(candidate(), INAPP, forYears)).isEqualTo(new Deliver(true));
        assertThat(decide(candidate(), EMAIL, forYears)).isEqualTo(new Suppress(Reason.HOLD_LIMIT));
        assertThat(decide(candidate(), EMAIL, reachable(waiting(EARLIER)))).isEqualTo(GO);
    }

    @Test
    void aScheduledEventWaitsForItsTimeOnEveryChannel() {
        for (Channel channel : Set.of(INAPP, EMAIL)) {
            assertThat(decide(timed(LATER, null), channel, reachable(Preferences.defaults())))
                    .isInstanceOfSatisfying(Hold.class, hold -> {
                        assertThat(hold.until()).isEqualTo(LATER);
                        assertThat(hold.gate()).isEqualTo(Gate.SCHEDULED);
                    });
        }
        assertThat(decide(timed(EARLIER, null), EMAIL, reachable(Preferences.defaults())))
                .isEqualTo(GO);
    }

    @Test
    void quietHoursHoldMailsAndSilenceTheFeed() {
        RecipientState quiet = reachable(waiting(null, everyDay("09:00", "11:00")));

        assertThat(decide(candidate(), EMAIL, quiet))
                .isEqualTo(new Hold(LATER, new Slot(Slot.Kind.QUIET, "QUIET_HOURS"), Gate.QUIET_HOURS));
        assertThat(decide(candidate(), INAPP, quiet)).isEqualTo(new Deliver(true));
    }

    @Test
    void urgentPassesQuietHoursButNoRefusal() {
        Candidate urgent = treated(Priority.URGENT, false, false);

        assertThat(decide(urgent, EMAIL, reachable(waiting(null, everyDay("09:00", "11:00")))))
                .isEqualTo(GO);
        assertThat(decide(urgent, INAPP, reachable(waiting(null, everyDay("09:00", "11:00")))))
                .isEqualTo(GO);
        assertThat(decide(urgent, EMAIL, reachable(choices(Choice.OFF, null, null))))
                .isEqualTo(new Suppress(Reason.TYPE_OFF));
    }

    @Test
    void releasesAtTheEndOfQuietHoursAreSpreadButStayBeforeExpiryAndTheNextWindow() {
        Preferences shortBreak = waiting(null, everyDay("09:00", "11:00"), everyDay("11:20", "23:00"));

        assertThat(heldUntil(candidate(), everyDayQuiet(), 123_000)).isEqualTo(LATER.plusSeconds(123));
        assertThat(heldUntil(candidate(), everyDayQuiet(), 423_000)).isEqualTo(LATER.plusSeconds(123));
        assertThat(heldUntil(candidate(), shortBreak, 123_000)).isEqualTo(LATER.plusSeconds(3));
        assertThat(heldUntil(timed(null, LATER.plusSeconds(60)), everyDayQuiet(), 123_000))
                .isEqualTo(LATER);
    }

    @Test
    void nothingWaitsLongerThanItsLimit() {
        Passed passed = new Passed(Set.of(), NOW.plus(Duration.ofMinutes(30)));

        assertThat(Decide.decide(candidate(), EMAIL, reachable(waiting(LATER)), passed, NOW))
                .isEqualTo(new Suppress(Reason.HOLD_LIMIT));
    }

    private static Preferences everyDayQuiet() {
        return waiting(null, everyDay("09:00", "11:00"));
    }

    private static Instant heldUntil(Candidate candidate, Preferences preferences, int seed) {
        RecipientState recipient = new RecipientState(
                preferences, Cases.UTC, true, Map.of(), ignored -> false, new Jitter(seed, Duration.ofMinutes(5)));
        return ((Hold) decide(candidate, EMAIL, recipient)).until();
    }

    private static Decision decide(Candidate candidate, Channel channel, RecipientState recipient) {
        return Decide.decide(candidate, channel, recipient, Passed.nothing(candidate, NOW), NOW);
    }
}
