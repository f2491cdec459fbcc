package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.IntakeRecord.EraseRecipient;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import dev.carillon.schemas.type.TypeDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new version of the router restores what an older one wrote to the changelogs of its stores: every table of {@code holds},
 * {@code seen}, and what {@link UpgradeTest} has not. It is checked in as {@code changelog.txt}; see CONTRIBUTING.md on how a
 * new one is written.
 */
class ChangelogUpgradeTest {
    private static final RecipientId ADA = new RecipientId("ada");
    /** One whom the only partition of the test owns. */
    private static final String EVE = IntStream.range(0, 1_000)
            .mapToObj(i -> "eve." + i)
            .filter(id ->
                    Partitions.of(new RecipientId(id), TopicSettings.defaults().partitions()) == 0)
            .findFirst()
            .orElseThrow();

    /** What fits into a slot, and three that are only counted. */
    private static final int MANY = 103;

    /** What a router tells that was never upgraded. */
    private static final List<String> TOLD = List.of(
            "email ada: Title of capped-2",
            "email ada: Title of fallback",
            "email bob: Title of cancelled-2",
            "email bob: Title of quiet",
            "email dora: Title of digest-1, Title of digest-2, Title of digest-3",
            "email fay: 100 and 3 more",
            "email fay: Title of team",
            "inapp ada: Title of wake",
            "push ada: Title of weekly-1, Title of weekly-2, Title of weekly-3",
            "push bob: Title of quiet");

    @TempDir
    Path directory;

    @Test
    void goesOnWithTheChangelogsOfAnOlderOne() throws IOException {
        try (RouterDriver router = new RouterDriver(directory)) {
            types(router);
            restore(router);

            assertThat(afterwards(router)).isEqualTo(TOLD);
        }
    }

    @Test
    void tellsTheSameWithoutAnUpgrade() throws IOException {
        try (RouterDriver router = new RouterDriver(directory)) {
            types(router);
            before(router);
            String file = System.getProperty("carillon.upgrade.changelog");
            if (file != null) {
                Files.write(Path.of(file), Changelogs.lines(router));
            }

            assertThat(afterwards(router)).isEqualTo(TOLD);
        }
    }

    /** The fixture is worth nothing for what it does not have. */
    @Test
    void whatIsCheckedInHasAnEntryOfEveryTable() throws IOException {
        assertThat(lines().stream().map(Changelogs::table).distinct().toList())
                .contains("profile", "memory", "members", "seen")
                .contains("holds S", "holds I", "holds C", "holds D", "holds B", "holds J", "holds X", "holds E");
    }

    private static void before(RouterDriver router) {
        people(router);
        for (String id : List.of("digest-1", "digest-2")) {
            send(router, router.event(id).type("digest", 1).to("dora"));
        }
        for (String id : List.of("weekly-1", "weekly-2")) {
            send(router, router.event(id).type("weekly", 1).to("ada"));
        }
        send(router, router.event("fallback").type("fallback", 1).to("ada"));
        send(router, router.event("capped-1").type("capped", 1).to("ada"));
        send(router, router.event("capped-2").type("capped", 1).to("ada"));
        send(router, router.event("quiet").type("both", 1).to("bob"));
        for (int i = 0; i < MANY; i++) {
            send(router, router.event("f" + i).type("mail", 1).to("fay"));
        }
        send(router, router.event("team").type("mail", 1).toAudiences("team").deliverAt(in(2)));
        send(
                router,
                router.event("cancelled-1").type("mail", 1).to("ada", "bob").deliverAt(in(3)));
        send(
                router,
                router.event("cancelled-2").type("mail", 1).to("ada", "bob").deliverAt(in(3)));
        router.cancel("cancelled-1");
        router.cancel("cancelled-2", "ada");
        router.cancel("never-seen");
        router.intake(new EraseRecipient("q", 1, new RecipientId(EVE), 1_000, router.clock.instant()));
        router.advance(Duration.ofMillis(1));
        for (Channel channel : Channel.values()) {
            router.deliveries(channel);
        }
        assertThat(router.deadLetters()).isEmpty();
    }

    private static void people(RouterDriver router) {
        router.profile(People.registered("ada", 1));
        router.profile(People.with("bob", 1, People.quiet("09:00", "12:00")));
        router.profile(People.registered("dora", 1));
        router.profile(People.with("fay", 1, People.quiet("09:00", "12:00")));
        router.profile(People.registered(EVE, 1));
        router.join("team", "fay", 1, RouterDriver.START.minusSeconds(60));
        router.join("team", EVE, 1, RouterDriver.START.minusSeconds(60));
        router.join("left", "bob", 1, RouterDriver.START.minusSeconds(60));
        router.leave("left", "bob", 2);
    }

    /** What is told in the ten days that follow, in the order of its text. */
    private static List<String> afterwards(RouterDriver router) {
        router.advance(Duration.ofSeconds(1));
        router.send(router.event("wake").to("ada"));
        router.send(router.event("digest-3").type("digest", 1).to("dora"));
        router.send(router.event("weekly-3").type("weekly", 1).to("ada"));
        // Those were told, cancelled or accepted before she was erased.
        router.send(router.event("capped-1").type("capped", 1).to("ada"));
        router.send(router.event("never-seen").type("mail", 1).to("ada"));
        router.send(Events.event("late", RouterDriver.START).to(EVE));
        router.send(router.event("left").type("mail", 1).toAudiences("left"));
        router.activity(new Activity.Ended(
                ADA,
                List.of(NotificationId.of(Events.uid("fallback"), ADA)),
                Channel.PUSH,
                OutcomeState.SKIPPED,
                Reason.NO_SUBSCRIPTION,
                router.clock.instant()));
        List<String> told = new ArrayList<>();
        for (int hour = 0; hour < 10 * 24; hour++) {
            router.advance(Duration.ofHours(1), 8);
            for (Channel channel : Channel.values()) {
                router.deliveries(channel).forEach(one -> told.add(channel.code() + " " + text(one)));
            }
        }
        assertThat(router.deadLetters()).isEmpty();
        return told.stream().sorted().toList();
    }

    private static String text(Delivery delivery) {
        List<Notification> all = delivery.merged() ? delivery.items() : List.of(delivery.notification());
        String titles = delivery.more() > 0
                ? all.size() + " and " + delivery.more() + " more"
                : String.join(
                        ", ", all.stream().map(one -> one.content().title()).toList());
        return delivery.recipient() + ": " + titles;
    }

    private static void types(RouterDriver router) {
        Cap cap = new Cap(Channel.EMAIL, "few", 1, Cap.Period.DAY);
        DigestSchedule monday = new DigestSchedule(Frequency.WEEKLY, List.of(LocalTime.NOON), Weekday.MON, 1);
        type(router, "mail", Policies.none(), Channel.EMAIL);
        type(router, "both", Policies.none(), Channel.EMAIL, Channel.PUSH);
        type(router, "digest", digest(new TypeDigest(Set.of(), null)), Channel.EMAIL);
        type(router, "weekly", digest(new TypeDigest(Set.of(Channel.PUSH), monday)), Channel.PUSH);
        type(router, "capped", new Policies(List.of(), null, List.of(cap), OverCap.DIGEST, false), Channel.EMAIL);
        type(
                router,
                "fallback",
                Policies.none()
                        .withSteps(List.of(new Step(Channel.PUSH, null, null), new Step(Channel.EMAIL, null, null))),
                Channel.EMAIL,
                Channel.PUSH);
    }

    private static Policies digest(TypeDigest digest) {
        return new Policies(List.of(), digest, List.of(), null, false);
    }

    private static void type(RouterDriver router, String name, Policies policies, Channel... channels) {
        router.type(
                new NotificationType(name, 1, null, null, "few", Set.of(channels), null, null, false, false, List.of())
                        .withPolicies(policies));
    }

    private static void send(RouterDriver router, Events event) {
        router.send(event);
        router.clock.advance(Duration.ofMillis(1));
    }

    private static Instant in(int hours) {
        return RouterDriver.START.plus(Duration.ofHours(hours));
    }

    private void restore(RouterDriver router) throws IOException {
        lines().forEach(line -> Changelogs.restore(router, line));
    }

    private List<String> lines() throws IOException {
        try (var stored = Objects.requireNonNull(getClass().getResourceAsStream("changelog.txt"))) {
            return new String(stored.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
