package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Template;
import dev.carillon.schemas.type.TypeDigest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches, digests and caps on every channel, of every schedule and period. It starts on a Friday at ten, UTC. */
class ChannelPacingTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** The most by which a digest is spread. */
    private static final Duration SPREAD = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.profile(People.registered("ada", 1));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void aBatchIsToldTogetherOnEveryChannel(Channel channel) {
        Batch batch = new Batch(Set.of(channel), Batch.Mode.FIXED, WINDOW, null, false, null, 2);
        type("build", channel, new Policies(List.of(batch), null, List.of(), null, false));
        send("build", "a", "b", "c");
        router.advance(WINDOW.minusMillis(100));
        assertThat(router.deliveries(channel)).isEmpty();

        router.advance(Duration.ofMillis(200));
        assertThat(router.deliveries(channel)).singleElement().satisfies(told -> {
            assertThat(told.digest()).isEqualTo(DigestKind.BATCH);
            assertThat(titles(told)).containsExactly("Title of a", "Title of b");
            assertThat(told.more()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void aDigestIsToldTogetherOnEveryChannel(Channel channel) {
        type("build", channel, digest(channel, null));
        send("build", "a", "b");
        awaitDigest(channel, "2026-11-21T08:00:00Z", DigestKind.DAILY, "Title of a", "Title of b");
    }

    @ParameterizedTest
    @CsvSource({
        "HOURLY, 2026-11-20T11:00:00Z, 2026-11-20T12:00:00Z",
        "DAILY, 2026-11-21T09:30:00Z, 2026-11-22T09:30:00Z",
        "WEEKLY, 2026-11-25T09:30:00Z, 2026-12-02T09:30:00Z",
        "MONTHLY, 2026-11-30T09:30:00Z, 2026-12-31T09:30:00Z",
    })
    void aDigestComesByEverySchedule(Frequency frequency, String first, String second) {
        DigestSchedule schedule = new DigestSchedule(frequency, List.of(LocalTime.of(9, 30)), Weekday.WED, 31);
        type("own", Channel.EMAIL, digest(Channel.EMAIL, null));
        type("types", Channel.PUSH, digest(Channel.PUSH, schedule));
        router.profile(People.with("ada", 2, People.digesting("none", schedule, null, null)));
        DigestKind kind = DigestKind.valueOf(frequency.name());
        send("own", "a", "b");
        send("types", "c", "d");
        awaitDigest(Channel.EMAIL, first, kind, "Title of a", "Title of b");
        assertThat(router.deliveries(Channel.PUSH)).singleElement().satisfies(told -> {
            assertThat(told.digest()).isEqualTo(kind);
            assertThat(titles(told)).containsExactly("Title of c", "Title of d");
        });

        send("own", "e", "f");
        awaitDigest(Channel.EMAIL, second, kind, "Title of e", "Title of f");
    }

    @Test
    void aDigestIsGroupedBySubject() {
        Template merged = new Template(
                null, null, "{{#groups}}{{subject.name}}: {{count}} new. {{/groups}}", null, null, null, true);
        router.type(type("build", Channel.EMAIL, List.of(merged)).withPolicies(digest(Channel.EMAIL, null)));
        about("a", "Alpha");
        about("b", "Beta");
        about("c", "Alpha");
        router.advance(Duration.ofHours(23));

        assertThat(router.deliveries(Channel.EMAIL)).singleElement().satisfies(told -> {
            assertThat(told.notification().content().title()).isEqualTo("Alpha: 2 new. Beta: 1 new.");
            assertThat(told.items()).hasSize(3);
        });
    }

    /** No type's template speaks for another. */
    @Test
    void aDigestOfSeveralTypesIsToldInOurOwnWords() {
        Template merged = new Template(null, null, "only builds", null, null, null, true);
        router.type(type("build", Channel.EMAIL, List.of(merged)).withPolicies(digest(Channel.EMAIL, null)));
        type("deploy", Channel.EMAIL, digest(Channel.EMAIL, null));
        send("deploy", "a");
        send("build", "b", "c");
        router.advance(Duration.ofHours(23));

        assertThat(router.deliveries(Channel.EMAIL)).singleElement().satisfies(told -> {
            assertThat(told.notification().type()).isNull();
            assertThat(told.notification().content().title()).startsWith("3 ");
            assertThat(titles(told)).containsExactly("Title of a", "Title of b", "Title of c");
            assertThat(told.items()).extracting(item -> item.type()).containsExactly("deploy", "build", "build");
        });
    }

    @ParameterizedTest
    @EnumSource(Cap.Period.class)
    void aCapLetsNothingThroughBeforeItsPeriodIsOver(Cap.Period period) {
        Cap cap = new Cap(Channel.EMAIL, null, 1, period);
        type("build", Channel.EMAIL, new Policies(List.of(), null, List.of(cap), OverCap.DROP, false));
        send("build", "first");
        router.advance(period.length().minusMillis(100));
        send("build", "early");
        router.advance(Duration.ofMillis(100));
        send("build", "late");

        assertThat(router.told())
                .filteredOn(told -> told.startsWith("ada email"))
                .containsExactly(
                        "ada email routed none", "ada email suppressed frequency_cap", "ada email routed none");
    }

    /** Where clocks go forward a day has 23 hours. */
    @Test
    void aDailyDigestIsNotOverACapOfOneADay() {
        Cap cap = new Cap(Channel.EMAIL, null, 1, Cap.Period.DAY);
        TypeDigest daily = new TypeDigest(Set.of(Channel.EMAIL), null);
        type("build", Channel.EMAIL, new Policies(List.of(), daily, List.of(cap), OverCap.DROP, false));
        router.profile(People.with(
                "ada",
                2,
                new Preferences(
                        ChannelSwitches.allOn(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        "Europe/Vienna",
                        null,
                        null,
                        null,
                        null)));
        ZonedDateTime digest = ZonedDateTime.parse("2027-03-26T08:06+01:00[Europe/Vienna]");
        until(digest);
        for (int day = 0; day < 4; day++) {
            send("build", "b" + day);
            digest = digest.plusDays(1);
            until(digest);
            assertThat(router.deliveries(Channel.EMAIL)).as(digest.toString()).hasSize(1);
        }
    }

    @Test
    void aCapOfTheFeedPutsOffWhatTheFeedGets() {
        Cap cap = new Cap(Channel.INAPP, null, 2, Cap.Period.HOUR);
        type("build", Channel.INAPP, new Policies(List.of(), null, List.of(cap), OverCap.DIGEST, false));
        send("build", "a", "b", "c", "d");

        assertThat(router.deliveries(Channel.INAPP)).hasSize(2);
        assertThat(router.told())
                .filteredOn("ada inapp held frequency_cap"::equals)
                .hasSize(2);
        awaitDigest(Channel.INAPP, "2026-11-21T08:00:00Z", DigestKind.DAILY, "Title of c", "Title of d");
    }

    @Test
    void aCapOfTheInstallationCountsAllTypesAlsoThoseWithoutPolicies(@TempDir Path other) {
        router.close();
        Cap cap = new Cap(null, null, 2, Cap.Period.DAY);
        router = new RouterDriver(other, RouterDriver.settings(100, List.of(cap), OverCap.DROP));
        router.profile(People.registered("ada", 1));
        type("build", Channel.EMAIL, Policies.none());
        type("deploy", Channel.PUSH, new Policies(List.of(), null, List.of(), null, true));
        type("kept", Channel.EMAIL, new Policies(List.of(), null, List.of(), OverCap.DIGEST, false));
        send("build", "a");
        send("deploy", "b");
        send("build", "c");
        send("deploy", "d");
        send("kept", "e");
        router.send(router.event("f").to("ada")); // to the feed, which is not counted

        assertThat(router.told())
                .filteredOn(told -> !told.endsWith("not_in_type"))
                .containsExactly(
                        "ada email routed none",
                        "ada push routed none",
                        "ada email suppressed frequency_cap",
                        "ada push suppressed frequency_cap",
                        "ada email held frequency_cap",
                        "ada inapp routed none");
    }

    private void until(ZonedDateTime time) {
        router.advance(Duration.between(router.clock.instant(), time.toInstant()));
    }

    private void awaitDigest(Channel channel, String at, DigestKind kind, String... titles) {
        Duration until = Duration.between(router.clock.instant(), Instant.parse(at));
        router.advance(until.minusMillis(100));
        assertThat(router.deliveries(channel)).isEmpty();
        router.advance(SPREAD.plusMillis(100));
        assertThat(router.deliveries(channel)).singleElement().satisfies(told -> {
            assertThat(told.digest()).isEqualTo(kind);
            assertThat(titles(told)).containsExactly(titles);
        });
    }

    private static List<String> titles(Delivery told) {
        return told.items().stream()
                .map(item -> String.valueOf(item.content().title()))
                .toList();
    }

    private static Policies digest(Channel channel, @Nullable DigestSchedule schedule) {
        return new Policies(List.of(), new TypeDigest(Set.of(channel), schedule), List.of(), null, false);
    }

    private void type(String name, Channel channel, Policies policies) {
        router.type(type(name, channel, List.of()).withPolicies(policies));
    }

    private static NotificationType type(String name, Channel channel, List<Template> templates) {
        return new NotificationType(name, 1, null, null, null, Set.of(channel), null, null, false, false, templates);
    }

    private void send(String type, String... ids) {
        for (String id : ids) {
            router.send(router.event(id).type(type, 1).to("ada"));
            router.clock.advance(Duration.ofNanos(1_000));
        }
    }

    private void about(String id, String project) {
        router.send(router.event(id)
                .type("build", 1)
                .to("ada")
                .content(new Content(
                        id,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(new Subject("project", project, project, null)),
                        Map.of())));
        router.clock.advance(Duration.ofMillis(1));
    }
}
