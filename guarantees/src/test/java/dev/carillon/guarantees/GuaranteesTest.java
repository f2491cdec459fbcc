package dev.carillon.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.fleet.Member;
import dev.carillon.guarantees.fault.InFlight;
import dev.carillon.guarantees.fault.Storm;
import dev.carillon.guarantees.load.Traffic;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.RandomSeed;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline, two processes of each service, keeps its promises while its parts fail. First the checks prove that
 * they notice what a defect would do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class GuaranteesTest {

    private static final int FAULTS = Integer.getInteger("faults", 12);
    private static final boolean LONG = Boolean.getBoolean("long.run");
    /** Longer than anything waits on its own: a webhook is tried a fourth time after five minutes. */
    private static final Duration REST = Duration.ofMinutes(6);

    private static final Traffic.Pace QUICK = new Traffic.Pace(Duration.ofMillis(50), false);
    private static final InFlight NOTHING = new InFlight(0, 0);

    private final RandomGenerator random = RandomSeed.of("GuaranteesTest").generator();

    @TempDir
    private static Path directory;

    private World world;

    @BeforeAll
    void start() {
        world = World.start(directory, 2, Clock.systemUTC(), random);
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    @Order(1)
    void noticeWhatIsTakenAwayAndWhatHappensTwice() throws InterruptedException, SQLException {
        try (Trial trial = Trial.start("proof", 1, world, QUICK, random)) {
            Tampering tampering = new Tampering(world, trial.watching());
            trial.awaitSteps(80);
            // One of two may be kept unread by its reader in the next moment.
            await().atMost(REST).until(() -> tampering.canRepeat() && tampering.readByOthers() >= 2);
            trial.settle(NOTHING, REST);

            tampering.repeat(Channel.PUSH);
            await().atMost(REST).until(() -> trial.broken(NOTHING).equals(Set.of("AtMostDoubled")));
            assertThat(trial.broken(new InFlight(0, 1))).isEmpty();

            tampering.repeatUnderAnotherId(Channel.EMAIL);
            await().atMost(REST).until(() -> trial.broken(new InFlight(1, 1)).equals(Set.of("AtMostDoubled")));

            tampering.repeatUnderAnotherId(Channel.INAPP);
            await().atMost(REST).until(() -> trial.broken(NOTHING).contains("NothingShownTwice"));

            assertThat(trial.broken(NOTHING)).doesNotContain("MarksStay", "NothingLost");
            assertThat(tampering.sql("update inapp.feed set read_at = null where read_at is not null"))
                    .isPositive();
            assertThat(trial.broken(NOTHING)).contains("MarksStay").doesNotContain("NothingLost");
            assertThat(tampering.sql("delete from inapp.feed where (recipient, id) in"
                            + " (select recipient, id from inapp.feed where " + tampering.newsOfOthers() + " limit 1)"))
                    .isEqualTo(1);
            assertThat(trial.broken(NOTHING)).contains("NothingLost", "NothingVanishes");
        }
    }

    @Test
    @Order(2)
    void aLiveStreamGoesOnAtTheOtherReplicaWhenItsWorkerIsKilled() throws InterruptedException {
        try (Trial trial = Trial.start("screen", 1, world, QUICK, random)) {
            trial.awaitSteps(20);
            Member serving = world.fleet().members(Service.INAPP_WORKER).stream()
                    .filter(member -> member.origin().equals(trial.traffic().watchedOrigin()))
                    .findFirst()
                    .orElseThrow();
            serving.kill();
            trial.awaitSteps(40);
            trial.traffic().stopSending();
            await().atMost(REST).until(() -> !trial.traffic().watchedOrigin().equals(serving.origin()));
            serving.start();
            trial.settle(NOTHING, REST);
            assertThat(trial.traffic().reloads()).isZero();
            serving.awaitReady();
        }
    }

    @Test
    @Order(3)
    @EnabledIfSystemProperty(named = "long.run", matches = "true")
    void aMailWorkerFrozenAcrossARebalanceDoublesAtMostWhatItHadInHands() throws InterruptedException {
        Member worker = world.fleet().members(Service.EMAIL_WORKER).getFirst();
        Member other = world.fleet().members(Service.EMAIL_WORKER).getLast();
        // What the relay holds is then in the hands of one worker only.
        other.stop();
        CountDownLatch gate = new CountDownLatch(1);
        int before = world.relay().received().size();
        try (Trial trial = Trial.start("frozen", 2, world, QUICK, random)) {
            world.relay().whenever(On.CONTENT, recipient -> true, Reaction.answerLater(gate));
            await().atMost(REST).until(() -> world.relay().received().size() >= before + World.MAIL_SESSIONS);
            worker.process().freeze();
            world.relay().behave();
            gate.countDown();
            other.start();
            // The length of the pause itself: longer than a consumer's session, so that its partitions move on.
            Thread.sleep(Duration.ofSeconds(20));
            worker.process().thaw();
            InFlight one = new InFlight(World.MAIL_SESSIONS, 0);
            trial.settle(one, REST);
            System.out.println("a frozen mail worker: " + trial.describe(one));
        }
    }

    @Test
    @Order(4)
    @EnabledIfSystemProperty(named = "long.run", matches = "true")
    void aKilledRouterLosesNoDecisionAndMakesNoneTwice() throws InterruptedException {
        try (Trial trial = Trial.start("router", 2, world, QUICK, random)) {
            for (int round = 0; round < 4; round++) {
                Member router = world.fleet().members(Service.ROUTER_STREAM).get(round % 2);
                trial.awaitSteps(50);
                router.kill();
                router.start();
                router.awaitReady();
            }
            trial.settle(NOTHING, REST);
        }
    }

    @Test
    @Order(5)
    void holdWhilePartsFail() throws InterruptedException {
        Traffic.Pace pace = new Traffic.Pace(Duration.ofMillis(LONG ? 250 : 100), true);
        try (Trial trial = Trial.start("g", 3, world, pace, random)) {
            Storm storm = new Storm(world, random, Duration.ofSeconds(LONG ? 20 : 5));
            storm.rage(FAULTS);
            trial.settle(storm.inFlight(), REST);
            System.out.println(trial.describe(storm.inFlight()));
        }
    }
}
