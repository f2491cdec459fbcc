package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.type.NotificationType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipient does not want to hear of. */
class MuteTest {
    private static final Instant LATER = RouterDriver.START.plusSeconds(60);

    @TempDir
    Path directory;

    private RouterDriver router;
    private long version;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.type(type("alert", false));
        router.type(type("reset", true));
        for (String audience : List.of("team", "club")) {
            router.join(audience, "ada", 1, RouterDriver.START.minusSeconds(60));
        }
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void anAudienceMuteLetsThroughWhatComesAnotherWay() {
        mute(audience("team", null));
        assertThat(muted(alert("1").toAudiences("team"))).isTrue();
        assertThat(muted(alert("2").toAudiences("team", "club"))).isFalse();
        assertThat(muted(alert("3").toAudiences("team").to("ada"))).isFalse();
        assertThat(muted(alert("4").toEverybody())).isFalse();

        mute(audience("team", null), audience("club", null));
        assertThat(muted(alert("5").toAudiences("team", "club"))).isTrue();
    }

    /** She belongs to the team, which belongs to sales and tech, and these to the company. */
    @Test
    void aMuteOfAnAudienceCoversWhatIsNestedInIt() {
        for (String muted : List.of("company", "team")) {
            mute(audience(muted, null));
            assertThat(muted(toCompany("1" + muted))).as(muted).isTrue();
            assertThat(muted(toCompany("2" + muted).to("ada"))).isFalse();
        }
        mute(audience("sales", null));
        assertThat(muted(toCompany("3"))).as("tech is another way").isFalse();
        mute(audience("sales", null), audience("tech", null));
        assertThat(muted(toCompany("4"))).isTrue();

        mute(audience("company", null));
        assertThat(muted(alert("5").toAudiences("company", "club"))).isFalse();
        assertThat(muted(alert("6").toAudiences("company", "team")))
                .as("named itself")
                .isFalse();
    }

    @Test
    void itStillCoversWhatWaitsForItsEnd() {
        mute(audience("company", LATER));
        router.send(toCompany("1"));
        assertThat(router.told())
                .containsExactly("ada inapp routed none", "ada email held muted", "ada push held muted");

        mute(audience("company", null));
        router.advance(Duration.ofSeconds(60));
        assertThat(router.told()).containsExactlyInAnyOrder("ada email suppressed muted", "ada push suppressed muted");
    }

    @Test
    void whoIsMutedForATimeThroughEachOfHerAudiencesIsToldWhenTheFirstMuteEnds() {
        mute(audience("team", null), audience("club", LATER));
        router.send(alert("1").toAudiences("team", "club"));
        assertThat(router.told())
                .containsExactly("ada inapp routed none", "ada email held muted", "ada push held muted");

        router.advance(Duration.ofSeconds(60));
        assertThat(router.told()).containsExactlyInAnyOrder("ada email routed none", "ada push routed none");
    }

    @Test
    void aPersonASubjectAGroupAndAThreadAreMutedHoweverOneIsReached() {
        mute(new Mute(Mute.Kind.PERSON, null, "bob", null));
        assertThat(muted(alert("1").to("ada").by("bob"))).isTrue();
        assertThat(muted(alert("2").to("ada").by("cyd"))).isFalse();

        mute(new Mute(Mute.Kind.SUBJECT, "invoice", "1", null));
        assertThat(muted(about("3", "invoice", "1").to("ada"))).isTrue();
        assertThat(muted(about("4", "invoice", "2").to("ada"))).isFalse();
        assertThat(muted(about("5", "order", "1").to("ada"))).isFalse();

        mute(new Mute(Mute.Kind.GROUP, null, "g", null));
        assertThat(muted(alert("6").to("ada").group("g"))).isTrue();
        assertThat(muted(alert("7").to("ada").group("h"))).isFalse();

        mute(new Mute(Mute.Kind.THREAD, null, "t", null));
        assertThat(muted(alert("8").to("ada").thread("t"))).isTrue();
        assertThat(muted(alert("9").to("ada").group("t"))).isFalse();
    }

    @Test
    void withAnEndMailsAndPushesWaitAndTheFeedIsFilledSilently() {
        mute(new Mute(Mute.Kind.GROUP, null, "g", LATER));
        router.send(alert("1").to("ada").group("g"));
        assertThat(router.deliveries(Channel.INAPP))
                .singleElement()
                .matches(told -> told.notification().silent());
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();

        router.advance(Duration.ofSeconds(60));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void whatIsMutedUntilDifferentTimesIsToldAtEach() {
        mute(new Mute(Mute.Kind.GROUP, null, "g", LATER), new Mute(Mute.Kind.GROUP, null, "h", LATER.plusSeconds(60)));
        router.send(alert("1").to("ada").group("g"));
        router.send(alert("2").to("ada").group("h"));
        router.told();

        router.advance(Duration.ofSeconds(60));
        assertThat(router.told()).containsExactlyInAnyOrder("ada email routed none", "ada push routed none");
        router.advance(Duration.ofSeconds(60));
        assertThat(router.told()).containsExactlyInAnyOrder("ada email routed none", "ada push routed none");
    }

    @Test
    void aMuteThatIsLiftedEarlyReleasesWhatWaits() {
        mute(everything(LATER));
        router.send(alert("1").to("ada"));
        router.deliveries(Channel.EMAIL);

        mute();
        router.advance(Duration.ofMillis(1));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void aMuteOfEverythingStopsAllButWhatIsCritical() {
        mute(everything(null));
        assertThat(muted(alert("1").to("ada"))).isTrue();

        router.send(router.event("2").type("reset", 1).to("ada"));
        assertThat(router.told())
                .containsExactly("ada inapp routed none", "ada email routed none", "ada push routed none");
    }

    static Mute everything(@Nullable Instant until) {
        return new Mute(Mute.Kind.EVERYTHING, null, null, until);
    }

    private static Mute audience(String id, @Nullable Instant until) {
        return new Mute(Mute.Kind.AUDIENCE, null, id, until);
    }

    private void mute(Mute... mutes) {
        version++;
        router.profile(People.with("ada", version, Preferences.defaults().withMutes(List.of(mutes))));
    }

    /** Sends it and says whether it was muted on every channel; otherwise it went out on every channel. */
    private boolean muted(Events event) {
        router.send(event);
        List<String> told = router.told();
        assertThat(told)
                .isIn(
                        List.of(
                                "ada inapp suppressed muted",
                                "ada email suppressed muted",
                                "ada push suppressed muted"),
                        List.of("ada inapp routed none", "ada email routed none", "ada push routed none"));
        return told.getFirst().endsWith("muted");
    }

    private Events toCompany(String id) {
        List<Nesting> nesting =
                List.of(nested("team", "sales", "tech"), nested("sales", "company"), nested("tech", "company"));
        return alert(id).toAudiences("company", "sales", "tech", "team").nested(nesting);
    }

    private static Nesting nested(String audience, String... within) {
        return new Nesting(
                new AudienceId(audience), Stream.of(within).map(AudienceId::new).toList());
    }

    private Events alert(String id) {
        return router.event(id).type("alert", 1);
    }

    private Events about(String id, String type, String subject) {
        return alert(id)
                .content(new Content(
                        "Title",
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(new Subject(type, subject, null, null)),
                        Map.of()));
    }

    private static NotificationType type(String name, boolean critical) {
        return new NotificationType(
                name, 1, null, null, null, Set.of(Channel.values()), null, null, critical, false, List.of());
    }
}
