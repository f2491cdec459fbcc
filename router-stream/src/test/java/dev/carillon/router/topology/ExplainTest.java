package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.IntakeRecord.DryRun;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.explain.Answer.Finding;
import dev.carillon.schemas.explain.Verdict;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    private static final int CASES = 10_000;
    private static final int PEOPLE = 40;

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.type(type("plain", Set.of(Channel.INAPP, Channel.EMAIL), false));
        router.type(type("everywhere", Set.of(Channel.values()), false));
        router.type(type("critical", Set.of(Channel.EMAIL), true));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void saysWhatTheDecisionThenDoes() {
        RandomGenerator random = RandomSeed.of("explain").generator();
        for (int person = 0; person < PEOPLE; person++) {
            for (int team = 0; team < 4; team++) {
                if (random.nextInt(3) == 0) {
                    router.join("team-" + team, "p" + person, 1, RouterDriver.START);
                }
            }
        }
        for (int i = 1; i <= CASES; i++) {
            if (random.nextInt(5) == 0) {
                router.profile(
                        People.with("p" + random.nextInt(PEOPLE), i, preferences(random, router.clock.instant())));
            }
            if (random.nextInt(100) == 0) {
                router.advance(Duration.ofMinutes(random.nextInt(600)));
                drain();
            }
            RouteEvent event = event(random, i).route();
            Answer answer = explain(event);
            router.nothingMore();
            router.intake(event);
            assertThat(expected(answer)).as("case %d: %s", i, event).isEqualTo(happened(event));
            drain();
        }
    }

    @Test
    void namesTheFirstHundredOfAnAudienceAndCountsAll() {
        for (int i = 0; i < 250; i++) {
            router.join("all", "m%03d".formatted(i), 1, RouterDriver.START);
        }
        Answer answer = explain(router.event("1").toAudiences("all").route());

        assertThat(answer.reached()).isEqualTo(250);
        assertThat(answer.counted()).isTrue();
        assertThat(answer.verdicts()).hasSize(Answer.MOST_VERDICTS).allSatisfy(verdict -> {
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

    private Answer explain(RouteEvent event) {
        ask(event);
        List<Answer> answers = router.answers();
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private void ask(RouteEvent event) {
        router.intake(new DryRun("q", event.event(), event.targets(), Lane.DIRECT));
    }

    private static Map<String, List<ChannelOutcome>> expected(Answer answer) {
        assertThat(answer.finding()).as(answer.toString()).isEqualTo(Finding.DECIDED);
        assertThat(answer.reached()).isEqualTo(answer.verdicts().size());
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

    private Events event(RandomGenerator random, int number) {
        Events event = router.event("e" + number);
        event = random.nextBoolean()
                ? event.to("p" + random.nextInt(PEOPLE), "p" + random.nextInt(PEOPLE))
                : event.toAudiences("team-" + random.nextInt(4), "team-" + random.nextInt(4));
        event = switch (random.nextInt(4)) {
            case 0 -> event.type("plain", 1);
            case 1 -> event.type("everywhere", 1);
            case 2 -> event.type("critical", 1);
            default -> event;
        };
        if (random.nextInt(4) == 0) {
            event = event.priority(List.of(Priority.values()).get(random.nextInt(4)));
        }
        if (random.nextInt(4) == 0) {
            event = event.group("g" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            event = event.by("p" + random.nextInt(PEOPLE));
        }
        if (random.nextInt(6) == 0) {
            event = event.expiresAt(router.clock.instant().plus(Duration.ofMinutes(random.nextInt(-5, 600))));
        }
        // An audience's event with a time of its own is decided then: its outcomes come when the clock gets there.
        boolean named = !event.targets().recipients().isEmpty();
        return named && random.nextInt(6) == 0
                ? event.deliverAt(router.clock.instant().plus(Duration.ofMinutes(random.nextInt(-5, 600))))
                : event;
    }

    private static Preferences preferences(RandomGenerator random, Instant now) {
        List<QuietWindow> windows = new ArrayList<>();
        if (random.nextBoolean()) {
            LocalTime start = LocalTime.ofSecondOfDay(random.nextInt(1_440) * 60L);
            windows.add(new QuietWindow(Set.of(), start, start.plusMinutes(random.nextInt(1, 1_439)), Set.of()));
        }
        return new Preferences(
                new ChannelSwitches(flag(random), flag(random), flag(random)),
                Map.of(),
                random.nextBoolean() ? Map.of() : Map.of("plain", choices(random), "everywhere", choices(random)),
                windows,
                random.nextBoolean() ? "Europe/Vienna" : null,
                random.nextInt(5) == 0 ? now.plus(Duration.ofMinutes(random.nextInt(1, 600))) : null);
    }

    private static @Nullable Boolean flag(RandomGenerator random) {
        return random.nextInt(4) == 0 ? false : null;
    }

    private static ChannelChoices choices(RandomGenerator random) {
        List<Choice> all = List.of(Choice.values());
        Choice choice = all.get(random.nextInt(all.size()));
        return new ChannelChoices(choice, random.nextBoolean() ? null : choice, choice);
    }

    private static NotificationType type(String name, Set<Channel> channels, boolean critical) {
        List<Template> templates =
                List.of(new Template(null, null, "{{title}} {{data.absent}}", null, "{{body}}", null));
        return new NotificationType(name, 1, name, null, null, channels, null, null, critical, false, templates);
    }
}
