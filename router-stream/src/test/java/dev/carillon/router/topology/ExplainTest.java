package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.IntakeRecord.DryRun;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.explain.Explained;
import dev.carillon.schemas.explain.Explained.Finding;
import dev.carillon.schemas.explain.Verdict;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    private static final int CASES = 10_000;
    private static final int PEOPLE = 40;
    private static final int SCHEDULED = 100;
    private static final int WIDE = 10;
    private static final int CROWD = 250;
    /** More than enough for what has to be told; each takes a millisecond of the clock. */
    private static final int PASSES = 500;

    /** Every reason that a decision may have, but for what only a release or an operator gives. */
    private static final Set<Reason> DECIDED = EnumSet.of(
            Reason.NONE,
            Reason.CANCELLED,
            Reason.EXPIRED,
            Reason.ALREADY_READ,
            Reason.OWN_ACTION,
            Reason.MUTED,
            Reason.TYPE_OFF,
            Reason.CATEGORY_OFF,
            Reason.CHANNEL_OFF,
            Reason.NOT_IN_TYPE,
            Reason.NO_ADDRESS,
            Reason.SUPPRESSED_ADDRESS,
            Reason.NO_SUBSCRIPTION,
            Reason.CONDITION_FALSE,
            Reason.CONDITION_FAILED,
            Reason.STEP_NOT_NEEDED,
            Reason.STEP,
            Reason.FALLBACK,
            Reason.SCHEDULED,
            Reason.DIGEST,
            Reason.DIGEST_OFF,
            Reason.BATCH,
            Reason.QUIET_HOURS,
            Reason.FREQUENCY_CAP);

    @TempDir
    Path directory;

    private final RandomGenerator random = RandomSeed.of("explain").generator();
    private final Anything anything = new Anything(random, PEOPLE);
    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.type(type("plain"));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void saysWhatTheDecisionThenDoes() {
        anything.begin(router);
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        for (int i = 1; i <= CASES; i++) {
            for (int change = random.nextInt(2); change > 0; change--) {
                change(i);
            }
            if (random.nextInt(100) == 0) {
                router.advance(Duration.ofMinutes(random.nextInt(600)));
            }
            RouteEvent event = event(i).route();
            if (random.nextInt(30) == 0) {
                router.cancel("e" + i, random.nextBoolean() ? new String[0] : new String[] {anything.person()});
            }
            drain();
            Explained answer = explain(event);
            router.nothingMore();
            router.intake(event);
            var expected = expected(answer);
            assertThat(expected).as("case %d: %s", i, event).isEqualTo(happened(event));
            expected.values().forEach(all -> all.forEach(channel -> reasons.merge(channel.reason(), 1, Integer::sum)));
            drain();
        }
        assertThat(reasons.keySet()).as("met at all: %s", reasons).containsAll(DECIDED);
    }

    /** What was decided before stays: an explanation that changed something would show in the cases after it. */
    private void change(int number) {
        String person = anything.person();
        RecipientId id = new RecipientId(person);
        Instant now = router.clock.instant();
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> router.profile(People.with(person, number, anything.preferences(now)));
            case 3 -> router.profile(new RecipientProfile(id, number, null, null, "en", Preferences.defaults()));
            case 4, 5 -> {
                Channel channel = random.nextBoolean() ? Channel.EMAIL : Channel.PUSH;
                router.activity(new Activity.Reachable(id, channel, random.nextBoolean(), now));
            }
            case 6 -> router.activity(new Activity.ReadAll(id, now, now));
            default -> {
                // Read before the event comes, as where a router was killed in between.
                NotificationId next = NotificationId.of(Events.uid("e" + number), id);
                router.activity(new Activity.Read(id, List.of(next), now));
            }
        }
    }

    /** Its answer is about then, so nothing else may happen until then: all that waits has gone. */
    @Test
    void saysWhatAnAudiencesScheduledEventThenBecomes() {
        anything.begin(router);
        for (int i = 1; i <= SCHEDULED; i++) {
            settle();
            for (int change = 0; change < 5; change++) {
                change(i);
            }
            Instant due = router.clock.instant().plus(Duration.ofMinutes(random.nextInt(1, 600)));
            RouteEvent event = toAnAudience("s" + i).deliverAt(due).route();
            Explained answer = explain(event);
            router.intake(event);
            assertThat(router.outcomes()).as("case %d before it is due", i).isEmpty();

            router.advance(Duration.between(router.clock.instant(), due), 1);
            thenDoes(answer, event, "case " + i);
        }
    }

    @Test
    void saysOfTheFirstHundredWhatTheFanOutThenDoes() {
        Anything crowd = new Anything(random, CROWD);
        crowd.begin(router);
        crowd.begin(router, "all");
        for (int i = 1; i <= WIDE; i++) {
            settle();
            for (int person = 0; person < CROWD; person++) {
                router.profile(People.with("p" + person, i, crowd.preferences(router.clock.instant())));
            }
            RouteEvent event = crowd.event("w" + i, router.clock.instant())
                    .toAudiences("all")
                    .route();
            Explained answer = explain(event);
            assertThat(answer.verdicts()).hasSize(Explained.MOST_VERDICTS);
            router.intake(event);

            thenDoes(answer, event, "case " + i);
        }
    }

    /** Everything that waits is released or has waited too long, and it is a second past a minute. */
    private void settle() {
        Instant later = router.clock.instant().plus(Duration.ofDays(60)).truncatedTo(ChronoUnit.MINUTES);
        router.advance(Duration.between(router.clock.instant(), later.plusSeconds(1)), 2);
        for (int pass = 0; pass < PASSES && holdsAnything(); pass++) {
            // What is released opens windows of its own.
            router.advance(Duration.ofMinutes(1), 1);
        }
        assertThat(holdsAnything()).isFalse();
        drain();
    }

    private boolean holdsAnything() {
        try (var all = router.store(Stores.HOLDS).all()) {
            return all.hasNext();
        }
    }

    private Events toAnAudience(String id) {
        while (true) {
            Events event = anything.event(id, router.clock.instant());
            if (!event.targets().audiences().isEmpty()) {
                return event;
            }
        }
    }

    /** On a slow machine a pass tells only some of them. */
    private void thenDoes(Explained answer, RouteEvent event, String name) {
        Map<String, List<String>> said = brief(decisions(answer));
        Map<String, List<ChannelOutcome>> happened = happened(event);
        for (int pass = 0; pass < PASSES && happened.size() < answer.reached(); pass++) {
            router.advance(Duration.ofMillis(1), 1);
            happened.putAll(happened(event));
        }
        assertThat(happened).as(name).hasSize(answer.reached());
        happened.keySet().retainAll(said.keySet());
        assertThat(said).as("%s: %s", name, event).isEqualTo(brief(happened));
        drain();
    }

    private static Map<String, List<String>> brief(Map<String, List<ChannelOutcome>> all) {
        Map<String, List<String>> brief = new HashMap<>();
        all.forEach((recipient, channels) -> brief.put(
                recipient,
                channels.stream()
                        .map(one -> one.channel() + " " + one.state() + " " + one.reason() + " " + one.detail())
                        .toList()));
        return brief;
    }

    @Test
    void namesTheFirstHundredOfAnAudienceAndCountsAll() {
        for (int i = 0; i < 250; i++) {
            router.join("all", "m%03d".formatted(i), 1, RouterDriver.START);
        }
        Explained answer = explain(router.event("1").toAudiences("all").route());

        assertThat(answer.reached()).isEqualTo(250);
        assertThat(answer.counted()).isTrue();
        assertThat(answer.verdicts()).hasSize(Explained.MOST_VERDICTS).allSatisfy(verdict -> {
            assertThat(verdict.direct()).isFalse();
            assertThat(verdict.channels()).hasSize(Channel.values().length);
            assertThat(verdict.titles()).containsEntry("inapp", "Title of 1");
        });
        router.advance(Duration.ofSeconds(1));
        router.nothingMore();
    }

    @Test
    void anEventThatWasDecidedIsADuplicateAndATypeThatIsUnderWayIsAwaited() {
        RouteEvent event = router.event("1").to("ada").route();
        router.intake(event);
        drain();

        assertThat(explain(event).finding()).isEqualTo(Finding.DUPLICATE);
        assertThat(explain(router.event("2").type("plain", 9).to("ada").route()).finding())
                .isEqualTo(Finding.TYPE_PENDING);
        router.nothingMore();
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotAnswered() {
        RouteEvent event = router.event("1").to("ada").route();
        router.clock.advance(Duration.ofMinutes(2));
        ask(event);

        assertThat(router.answers()).isEmpty();
    }

    private Explained explain(RouteEvent event) {
        ask(event);
        List<Explained> answers =
                router.answers().stream().map(Explained.class::cast).toList();
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private void ask(RouteEvent event) {
        router.intake(new DryRun("q", event.event(), event.targets(), Lane.DIRECT));
    }

    private static Map<String, List<ChannelOutcome>> expected(Explained answer) {
        assertThat(answer.reached()).isEqualTo(answer.verdicts().size());
        return decisions(answer);
    }

    private static Map<String, List<ChannelOutcome>> decisions(Explained answer) {
        assertThat(answer.finding()).as(answer.toString()).isEqualTo(Finding.DECIDED);
        Map<String, List<ChannelOutcome>> all = new HashMap<>();
        for (Verdict verdict : answer.verdicts()) {
            all.put(verdict.recipient().value(), verdict.channels());
        }
        return all;
    }

    private Map<String, List<ChannelOutcome>> happened(RouteEvent event) {
        Map<String, List<ChannelOutcome>> all = new HashMap<>();
        router.outcomes().stream()
                .filter(outcome -> outcome.event().equals(event.event().uid()))
                .forEach(outcome -> all.computeIfAbsent(outcome.recipient().value(), id -> new ArrayList<>())
                        .addAll(outcome.channels()));
        return all;
    }

    private void drain() {
        router.told();
        for (Channel channel : Channel.values()) {
            router.deliveries(channel);
        }
    }

    private Events event(int number) {
        Events event = anything.event("e" + number, router.clock.instant());
        // An audience's event with a time of its own is decided then: its outcomes come when the clock gets there.
        return event.route().targets().everywhere() || random.nextInt(6) != 0
                ? event
                : event.deliverAt(router.clock.instant().plus(Duration.ofMinutes(random.nextInt(-5, 600))));
    }

    private static NotificationType type(String name) {
        return new NotificationType(
                name, 1, name, null, null, Set.of(Channel.INAPP), null, null, false, false, List.of());
    }
}
