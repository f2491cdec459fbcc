package dev.carillon.router.decision;

import static dev.carillon.router.decision.Cases.NOW;
import static dev.carillon.router.decision.Cases.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.decision.Decision.Deliver;
import dev.carillon.router.decision.Decision.Hold;
import dev.carillon.router.decision.Decision.Suppress;
import dev.carillon.router.decision.RecipientState.Jitter;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.TypeDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth table of what is told together, at ten in the morning UTC. */
class CollectTest {
    private static final Instant TOMORROW_AT_EIGHT = Instant.parse("2026-11-21T08:00:00Z");
    private static final Cap CAP = new Cap(Channel.EMAIL, null, 2, Cap.Period.DAY);

    @Test
    void theRecipientsWordGoesBeforeTheTypesDigest() {
        Pacing byDigest = pacing(null, new TypeDigest(Set.of(Channel.EMAIL), null), List.of(), OverCap.DIGEST);

        assertThat(decide(byDigest, Preferences.defaults()))
                .isEqualTo(new Hold(TOMORROW_AT_EIGHT, digest(), Gate.DIGEST));
        assertThat(decide(byDigest, choosing(Choice.ON, null))).isEqualTo(new Deliver(false));
        assertThat(decide(byDigest, choosing(Choice.OFF, null))).isEqualTo(new Suppress(Reason.CATEGORY_OFF));
        assertThat(decide(Pacing.none(), choosing(Choice.DIGEST, null)))
                .isEqualTo(new Hold(TOMORROW_AT_EIGHT, digest(), Gate.DIGEST));
        assertThat(decide(Pacing.none(), choosing(Choice.DIGEST, never()))).isEqualTo(new Suppress(Reason.DIGEST_OFF));
        assertThat(decide(byDigest, choosing(null, never()))).isEqualTo(new Suppress(Reason.DIGEST_OFF));
    }

    @Test
    void aTypesOwnScheduleCountsWhereTheRecipientHasNoWord() {
        DigestSchedule friday = new DigestSchedule(Frequency.WEEKLY, List.of(LocalTime.of(11, 0)), Weekday.FRI, 1);
        Pacing weekly = pacing(null, new TypeDigest(Set.of(Channel.EMAIL), friday), List.of(), OverCap.DIGEST);

        Hold hold = (Hold) decide(weekly, Preferences.defaults());
        assertThat(hold.until()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(hold.slot()).isNotEqualTo(digest());
    }

    @Test
    void anOpenWindowSaysWhenItEnds() {
        Pacing fixed = pacing(batch(Batch.Mode.FIXED, false), null, List.of(), OverCap.DIGEST);
        Pacing sliding = pacing(batch(Batch.Mode.SLIDING, false), null, List.of(), OverCap.DIGEST);
        Pace open = window(NOW.minusSeconds(300), NOW.plusSeconds(60));

        assertThat(until(fixed, Pace.IDLE)).isEqualTo(NOW.plusSeconds(600));
        assertThat(until(fixed, open)).isEqualTo(NOW.plusSeconds(60));
        assertThat(until(sliding, open)).isEqualTo(NOW.plusSeconds(600));
        assertThat(until(sliding, window(NOW.minusSeconds(3_500), NOW.plusSeconds(60))))
                .as("never past its maximum of an hour")
                .isEqualTo(NOW.plusSeconds(100));
        assertThat(until(fixed, window(NOW.minusSeconds(700), NOW.minusSeconds(100))))
                .as("one that is over, and not released yet")
                .isAfter(NOW);
    }

    @Test
    void theFirstGoesAtOnceAndOpensTheWindow() {
        Pacing first = pacing(batch(Batch.Mode.FIXED, true), null, List.of(), OverCap.DIGEST);

        Deliver deliver = (Deliver) decide(first, Preferences.defaults());
        assertThat(deliver.opens()).isEqualTo(new Decision.Opening(Slot.batch("invoice", "key"), NOW.plusSeconds(600)));
        assertThat(decide(first, Preferences.defaults(), window(NOW, NOW.plusSeconds(600))))
                .isEqualTo(new Hold(NOW.plusSeconds(600), Slot.batch("invoice", "key"), Gate.BATCH));
    }

    @Test
    void overTheCapItWaitsForTheDigestOrIsDropped() {
        Pacing waits = pacing(null, null, List.of(CAP), OverCap.DIGEST);
        Pacing drops = pacing(null, null, List.of(CAP), OverCap.DROP);

        assertThat(decide(waits, Preferences.defaults(), emitted(1))).isEqualTo(new Deliver(false));
        assertThat(decide(waits, Preferences.defaults(), emitted(2)))
                .isEqualTo(new Hold(TOMORROW_AT_EIGHT, digest(), Gate.CAPPED));
        assertThat(decide(drops, Preferences.defaults(), emitted(2))).isEqualTo(new Suppress(Reason.FREQUENCY_CAP));
        assertThat(decide(waits, choosing(null, never()), emitted(2)))
                .as("who has no digests")
                .isEqualTo(new Suppress(Reason.FREQUENCY_CAP));
        Passed capped = new Passed(Set.of(Gate.CAPPED), NOW.plus(Passed.LONGEST_WAIT));
        assertThat(Decide.decide(
                        candidate(waits, false, Priority.NORMAL),
                        Channel.EMAIL,
                        state(Preferences.defaults(), emitted(9)),
                        capped,
                        NOW))
                .isEqualTo(new Deliver(false));
    }

    /** So that a daily digest is not over its own cap when it was a little late the day before. */
    @ParameterizedTest
    @CsvSource({"HOUR, PT1H, PT57M", "DAY, PT24H, PT22H48M", "WEEK, P7D, P6DT15H36M"})
    void aCapAsksForItsPeriodAndForADigestALittleLess(Cap.Period period, Duration looksBack, Duration forADigest) {
        List<Instant> asked = new ArrayList<>();
        Pace pace = new Pace() {
            @Override
            public @Nullable Window window(Channel channel, Slot slot) {
                return null;
            }

            @Override
            public int emitted(Cap cap, Instant since) {
                asked.add(since);
                return 0;
            }
        };
        Candidate capped = Cases.candidate()
                .pacing(pacing(null, null, List.of(new Cap(Channel.EMAIL, null, 2, period)), OverCap.DROP));
        RecipientState recipient = new RecipientState(
                Preferences.defaults(), UTC, true, Map.of(), one -> false, new Jitter(0, Duration.ZERO), pace);

        assertThat(Decide.decide(capped, Channel.EMAIL, recipient, Passed.nothing(capped, NOW), NOW))
                .isEqualTo(new Deliver(false));
        Passed digest = new Passed(Set.of(Gate.DIGEST), NOW.plus(Passed.LONGEST_WAIT));
        assertThat(Decide.decide(capped, Channel.EMAIL, recipient, digest, NOW)).isEqualTo(new Deliver(false));
        assertThat(asked).containsExactly(NOW.minus(looksBack), NOW.minus(forADigest));
    }

    @Test
    void criticalIsNeitherCollectedNorCapped() {
        Pacing everything = pacing(
                batch(Batch.Mode.FIXED, false),
                new TypeDigest(Set.of(Channel.EMAIL), null),
                List.of(CAP),
                OverCap.DROP);
        assertThat(Decide.decide(
                        candidate(everything, true, Priority.NORMAL),
                        Channel.EMAIL,
                        state(choosing(Choice.DIGEST, null), emitted(9)),
                        Passed.nothing(candidate(everything, true, Priority.NORMAL), NOW),
                        NOW))
                .isEqualTo(new Deliver(false));
    }

    @Test
    void urgentPassesQuietHoursUnlessTheRecipientRefuses() {
        Candidate urgent = candidate(Pacing.none(), false, Priority.URGENT);
        Passed passed = Passed.nothing(urgent, NOW);
        assertThat(Decide.decide(urgent, Channel.EMAIL, state(quiet(null), Pace.IDLE), passed, NOW))
                .isEqualTo(new Deliver(false));
        assertThat(Decide.decide(urgent, Channel.EMAIL, state(quiet(false), Pace.IDLE), passed, NOW))
                .isInstanceOf(Hold.class);
    }

    private static Preferences quiet(@Nullable Boolean urgentPasses) {
        QuietWindow window = new QuietWindow(Set.of(), LocalTime.of(9, 0), LocalTime.of(11, 0), Set.of(), urgentPasses);
        return Cases.waiting(null, window);
    }

    private static Slot digest() {
        return new Slot(Slot.Kind.DIGEST, "DAILY");
    }

    private static DigestSchedule never() {
        return new DigestSchedule(Frequency.NEVER, List.of(), Weekday.MON, 1);
    }

    private static Preferences choosing(@Nullable Choice email, @Nullable DigestSchedule digest) {
        return new Preferences(
                ChannelSwitches.allOn(),
                Map.of("billing", new ChannelChoices(null, email, null)),
                Map.of(),
                List.of(),
                null,
                null,
                digest,
                null,
                null);
    }

    private static Batch batch(Batch.Mode mode, boolean firstAtOnce) {
        return new Batch(
                Set.of(Channel.EMAIL), mode, Duration.ofMinutes(10), Duration.ofHours(1), firstAtOnce, null, 0);
    }

    private static Pacing pacing(@Nullable Batch batch, @Nullable TypeDigest digest, List<Cap> caps, OverCap over) {
        return new Pacing(
                batch == null ? Map.of() : Map.of(Channel.EMAIL, new Pacing.Collecting(batch, "key")),
                digest,
                caps,
                over,
                false);
    }

    private static Candidate candidate(Pacing pacing, boolean critical, Priority priority) {
        Candidate c = Cases.treated(priority, critical, false);
        return c.pacing(pacing);
    }

    private static RecipientState state(Preferences preferences, Pace pace) {
        return new RecipientState(preferences, UTC, true, Map.of(), read -> false, new Jitter(0, Duration.ZERO), pace);
    }

    private static Decision decide(Pacing pacing, Preferences preferences) {
        return decide(pacing, preferences, Pace.IDLE);
    }

    private static Decision decide(Pacing pacing, Preferences preferences, Pace pace) {
        Candidate candidate = candidate(pacing, false, Priority.NORMAL);
        return Decide.decide(candidate, Channel.EMAIL, state(preferences, pace), Passed.nothing(candidate, NOW), NOW);
    }

    private static Instant until(Pacing pacing, Pace pace) {
        return ((Hold) decide(pacing, Preferences.defaults(), pace)).until();
    }

    private static Pace window(Instant openedAt, Instant due) {
        return pace(new Pace.Window(openedAt, due), 0);
    }

    private static Pace emitted(int count) {
        return pace(null, count);
    }

    private static Pace pace(Pace.@Nullable Window window, int emitted) {
        return new Pace() {
            @Override
            public @Nullable Window window(Channel channel, Slot slot) {
                return window;
            }

            @Override
            public int emitted(Cap cap, Instant since) {
                return emitted;
            }
        };
    }
}
