package dev.carillon.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.decision.Decision.Hold;
import dev.carillon.router.decision.RecipientState.Jitter;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.TypeDigest;
import dev.carillon.testsupport.RandomSeed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseEndsTest {
    private static final List<Weekday> WEEKDAYS = List.of(Weekday.values());
    private static final List<ZoneId> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

    private static final ChannelChoices DIGEST = new ChannelChoices(Choice.DIGEST, Choice.DIGEST, Choice.DIGEST);

    /** As docs/decisions.md says; see {@link #theLongestWayIsEightWaits} for one that takes them all. */
    private static final int MOST_WAITS = 8;

    /** A mute and a quiet window that were not there before. */
    private static final int WAITS_PER_CHANGE = 2;

    @Test
    void repeatedReleaseEndsInAtMostEightWaitsAndTwoMoreForEachChangeOfSettings() {
        RandomGenerator random = RandomSeed.of("release ends").generator();
        for (int i = 0; i < 5_000; i++) {
            Instant now = Instant.ofEpochSecond(random.nextLong(1_500_000_000L, 2_000_000_000L));
            Candidate candidate = candidate(random, now);
            RecipientState recipient = recipient(random, now);
            for (Channel channel : Channel.values()) {
                Turn turn = turn(random, now);
                releaseUntilDecided(candidate, channel, turn, recipient, now, null);
                releaseUntilDecided(candidate, channel, turn, recipient, now, random);
            }
        }
    }

    /** @param changing changes the recipient's settings between two releases now and then; null for never */
    private static void releaseUntilDecided(
            Candidate candidate,
            Channel channel,
            Turn turn,
            RecipientState first,
            Instant begin,
            @Nullable RandomGenerator changing) {
        Passed passed = Passed.nothing(candidate, begin);
        RecipientState recipient = first;
        Instant now = begin;
        List<Gate> held = new ArrayList<>();
        int changes = 0;
        while (Decide.decide(candidate, channel, turn, recipient, passed, now) instanceof Hold hold) {
            String which = candidate + " " + channel + " " + recipient + " held " + held + " at " + now;
            assertThat(hold.until()).as(which).isAfter(now).isBeforeOrEqualTo(passed.limit());
            assertThat(hold.gate().repeats() || !held.contains(hold.gate()))
                    .as(which)
                    .isTrue();
            assertThat(changes > 0 || held.isEmpty() || held.getLast() != hold.gate())
                    .as("twice in a row: " + which)
                    .isTrue();
            held.add(hold.gate());
            assertThat(held.size()).as(which).isLessThanOrEqualTo(MOST_WAITS + WAITS_PER_CHANGE * changes);
            passed = passed.and(hold.gate());
            now = hold.until();
            if (changing != null && changing.nextBoolean()) {
                recipient = recipient(changing, now);
                changes++;
            }
        }
    }

    /** A mail whose type asks for everything that makes wait, to somebody who is quiet whenever it would go out. */
    @Test
    void theLongestWayIsEightWaits() {
        Instant monday = Instant.parse("2026-11-23T10:00:00Z");
        Batch batch = new Batch(Set.of(), Batch.Mode.FIXED, Duration.ofHours(1), null, true, null, 0);
        Pacing pacing = new Pacing(
                Map.of(Channel.EMAIL, new Pacing.Collecting(batch, "")),
                null,
                List.of(new Cap(null, null, 1, Cap.Period.DAY)),
                OverCap.DIGEST,
                false);
        Candidate candidate =
                Cases.timed(monday.plus(Duration.ofHours(3)), null).pacing(pacing);
        List<QuietWindow> quiet = List.of(
                Cases.everyDay("13:00", "14:00"), Cases.everyDay("15:00", "16:00"), Cases.everyDay("08:00", "09:00"));
        Preferences preferences = Cases.waiting(monday.plus(Duration.ofHours(2)), quiet.toArray(QuietWindow[]::new));
        Passed passed = Passed.nothing(candidate, monday);
        Turn turn = new Turn.At(monday.plus(Duration.ofHours(1)));
        Instant now = monday;
        List<Gate> held = new ArrayList<>();
        while (held.size() <= MOST_WAITS
                && Decide.decide(candidate, Channel.EMAIL, turn, collecting(preferences, now), passed, now)
                        instanceof Hold hold) {
            held.add(hold.gate());
            passed = passed.and(hold.gate());
            now = hold.until();
        }

        assertThat(held)
                .containsExactly(
                        Gate.STEP,
                        Gate.MUTED,
                        Gate.SCHEDULED,
                        Gate.QUIET_HOURS,
                        Gate.BATCH,
                        Gate.QUIET_HOURS,
                        Gate.CAPPED,
                        Gate.QUIET_HOURS)
                .hasSize(MOST_WAITS);
    }

    /** From 14:00 on a window is open that ends an hour later, and the cap is used up. */
    private static RecipientState collecting(Preferences preferences, Instant now) {
        Pace pace = new Pace() {
            @Override
            public @Nullable Window window(Channel channel, Slot slot) {
                Instant opened = Instant.parse("2026-11-23T14:00:00Z");
                return now.isBefore(opened) ? null : new Window(opened, opened.plus(Duration.ofHours(1)));
            }

            @Override
            public int emitted(Cap cap, Instant since) {
                return cap.most();
            }
        };
        return new RecipientState(
                preferences, Cases.UTC, true, Map.of(), candidate -> false, new Jitter(0, Duration.ZERO), pace);
    }

    private static Candidate candidate(RandomGenerator random, Instant now) {
        return new Candidate(
                        NotificationId.of(EventUid.of("test", "1"), new RecipientId("ada")),
                        now,
                        sometimes(random, now),
                        sometimes(random, now),
                        "type",
                        null,
                        List.of(Priority.values()).get(random.nextInt(4)),
                        Set.of(Channel.values()),
                        random.nextInt(10) == 0,
                        random.nextInt(10) == 0)
                .about(new About(
                        null,
                        List.of(),
                        "g",
                        null,
                        random.nextBoolean() ? Set.of(new AudienceId("team"), new AudienceId("club")) : Set.of(),
                        List.of()))
                .pacing(pacing(random));
    }

    /** Everything that makes wait, all at once: the worst that a type can ask for. */
    private static Pacing pacing(RandomGenerator random) {
        Batch batch = new Batch(
                Set.of(Channel.values()),
                random.nextBoolean() ? Batch.Mode.FIXED : Batch.Mode.SLIDING,
                Duration.ofMinutes(random.nextInt(1, 2_000)),
                Duration.ofMinutes(3_000),
                random.nextInt(4) == 0,
                null,
                0);
        Map<Channel, Pacing.Collecting> batches = random.nextBoolean()
                ? Map.of()
                : Map.of(
                        Channel.EMAIL, new Pacing.Collecting(batch, "key"),
                        Channel.INAPP, new Pacing.Collecting(batch, "key"));
        TypeDigest digest = random.nextBoolean()
                ? null
                : new TypeDigest(
                        Set.of(Channel.values()), random.nextBoolean() ? null : DigestTimesTest.schedule(random));
        List<Cap> caps = random.nextBoolean() ? List.of() : List.of(new Cap(null, null, 1, Cap.Period.DAY));
        return new Pacing(batches, digest, caps, OverCap.DIGEST, false);
    }

    /** Caps are always used up, and now and then the window of a batch is open or overdue. */
    private static Pace pace(RandomGenerator random, Instant now) {
        RandomGenerator own = new SplittableRandom(random.nextLong());
        return new Pace() {
            @Override
            public @Nullable Window window(Channel channel, Slot slot) {
                Instant opened = now.minus(Duration.ofMinutes(own.nextInt(100)));
                return own.nextBoolean()
                        ? null
                        : new Window(opened, opened.plus(Duration.ofMinutes(own.nextInt(5_000))));
            }

            @Override
            public int emitted(Cap cap, Instant since) {
                return cap.most();
            }
        };
    }

    private static RecipientState recipient(RandomGenerator random, Instant now) {
        List<QuietWindow> windows = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            Set<Weekday> days = EnumSet.noneOf(Weekday.class);
            for (int d = random.nextInt(5); d > 0; d--) {
                days.add(WEEKDAYS.get(random.nextInt(7)));
            }
            LocalTime start = LocalTime.ofSecondOfDay(random.nextInt(1_440) * 60L);
            windows.add(new QuietWindow(days, start, start.plusMinutes(random.nextInt(1, 1_439)), Set.of()));
        }
        Preferences preferences = new Preferences(
                ChannelSwitches.allOn(),
                Map.of(),
                random.nextBoolean() ? Map.of() : Map.of("type", DIGEST),
                windows,
                null,
                sometimes(random, now),
                random.nextBoolean() ? null : DigestTimesTest.schedule(random),
                random.nextBoolean() ? null : new Briefing(true, DigestSchedule.MORNING),
                null,
                mutes(random, now));
        return new RecipientState(
                preferences,
                ZONES.get(random.nextInt(ZONES.size())),
                true,
                Map.of(),
                candidate -> false,
                new Jitter(random.nextInt(Integer.MAX_VALUE), Duration.ofMinutes(5)),
                pace(random, now));
    }

    private static Turn turn(RandomGenerator random, Instant now) {
        return switch (random.nextInt(4)) {
            case 0 -> Turn.NOW;
            case 1 -> new Turn.Fallback();
            case 2 -> new Turn.Never();
            default -> new Turn.At(now.plus(Duration.ofMinutes(random.nextInt(-100, 10_000))));
        };
    }

    private static List<Mute> mutes(RandomGenerator random, Instant now) {
        List<Mute> mutes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String audience = random.nextBoolean() ? "team" : "club";
            mutes.add(new Mute(Mute.Kind.AUDIENCE, null, audience, sometimes(random, now)));
        }
        if (random.nextInt(4) == 0) {
            mutes.add(new Mute(Mute.Kind.GROUP, null, "g", sometimes(random, now)));
        }
        return mutes;
    }

    private static @Nullable Instant sometimes(RandomGenerator random, Instant now) {
        return random.nextBoolean() ? null : now.plus(Duration.ofMinutes(random.nextInt(-100, 10_000)));
    }
}
