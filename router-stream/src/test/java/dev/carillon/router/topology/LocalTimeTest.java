package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTimeTest {
    private static final LocalDateTime NINE = LocalDateTime.parse("2026-12-01T09:00");

    private RouterDriver router;

    @BeforeEach
    void start(@TempDir Path directory) {
        router = new RouterDriver(directory);
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void tellsEachAtNineByHerOwnClock() {
        lives("kim", 1, "Pacific/Kiritimati");
        lives("ada", 2, "Europe/Vienna");
        lives("joe", 3, "America/Los_Angeles");
        router.send(router.event("morning").to("kim", "ada", "joe", "nobody").deliverAtLocal(NINE));

        assertThat(toldAt("2026-11-30T19:00:00Z")).containsExactly("kim");
        assertThat(toldAt("2026-12-01T08:00:00Z")).containsExactly("ada");
        assertThat(toldAt("2026-12-01T09:00:00Z")).containsExactly("nobody");
        assertThat(toldAt("2026-12-01T17:00:00Z")).containsExactly("joe");
    }

    @Test
    void waitsForAnAudienceAsOneJobUntilTheFirstZoneIsThere() {
        lives("kim", 1, "Pacific/Kiritimati");
        lives("ada", 2, "Europe/Vienna");
        router.join("team", "kim", 1, router.clock.instant());
        router.join("team", "ada", 2, router.clock.instant());
        router.send(router.event("morning").toAudiences("team").deliverAtLocal(NINE));
        router.join("team", "late", 3, router.clock.instant());
        assertThat(router.told()).isEmpty();

        assertThat(toldAt("2026-11-30T19:00:00Z")).containsExactly("kim");
        assertThat(toldAt("2026-12-01T08:00:00Z")).containsExactly("ada");
        assertThat(toldAt("2026-12-02T08:00:00Z")).isEmpty();
    }

    @Test
    void followsWhoMovesWhileItWaits() {
        lives("ada", 1, "Europe/Vienna");
        router.send(router.event("morning").to("ada").deliverAtLocal(NINE));

        lives("ada", 2, "America/New_York");
        assertThat(toldAt("2026-12-01T08:00:00Z")).isEmpty();
        lives("ada", 3, "Asia/Tokyo");

        router.advance(Duration.ofMillis(1));
        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
    }

    @Test
    void tellsAtOnceWhoIsPastIt() {
        lives("kim", 1, "Pacific/Kiritimati");
        router.send(router.event("morning").to("kim").deliverAtLocal(LocalDateTime.parse("2026-11-20T11:00")));

        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
    }

    /** In every zone, at a random time of a random day: once, at the instant that the zone's clock shows it. */
    @Test
    void comesOnceInEveryZone() {
        RandomGenerator random = RandomSeed.of("LocalTimeTest").generator();
        Map<String, Instant> due = new HashMap<>();
        List<String> zones = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        LocalDateTime local = LocalDateTime.parse("2026-11-22T00:00")
                .plusDays(random.nextInt(300))
                .plusMinutes(random.nextInt(24 * 60));
        for (int i = 0; i < zones.size(); i++) {
            String who = "r" + i;
            lives(who, i + 1, zones.get(i));
            due.put(who, local.atZone(ZoneId.of(zones.get(i))).toInstant());
            router.send(router.event("for " + who).to(who).deliverAtLocal(local));
        }
        Map<String, Instant> told = new HashMap<>();
        for (Instant at : new TreeSet<>(due.values())) {
            toldAt(at.toString())
                    .forEach(who -> assertThat(told.put(who, at)).as(who).isNull());
        }
        assertThat(told).as("at %s", local).isEqualTo(due);
    }

    private List<String> toldAt(String instant) {
        Duration step = Duration.between(router.clock.instant(), Instant.parse(instant));
        router.advance(step.minusMillis(60), 1);
        assertThat(router.deliveries(Channel.INAPP)).as("before %s", instant).isEmpty();
        router.advance(Duration.ofMillis(60));
        return router.deliveries(Channel.INAPP).stream()
                .map(delivery -> delivery.recipient().value())
                .sorted()
                .toList();
    }

    private void lives(String who, long version, String zone) {
        Preferences preferences = new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(), zone, null);
        router.profile(People.with(who, version, preferences));
    }
}
