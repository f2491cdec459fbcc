package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.process.ProcessUsage;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.benchmarks.stage.Lag;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.fleet.Member;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * How long nobody routes the partitions of a router that was killed: until the other of two has noticed, and has its
 * stores. Without a standby it reads their changelogs first, with one it has copies. The floor is a bare consumer that
 * reads the same records.
 */
public final class Restore {
    private static final Duration MOST = Duration.ofMinutes(15);
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final int ROUTERS = 2;
    /** Less is what a router does with nothing to do, of one processor. */
    private static final double AT_REST = 0.1;

    private Restore() {}

    public static Measured measure(Stage stage) {
        int holds = stage.scale().of(1_000_000, 20_000);
        Loss without = lose(stage, holds, 0);
        Loss with = lose(stage, holds, 1);
        stage.dismiss();
        return new Measured(
                List.of(
                        figure("stores are there again, without a standby", without.restored(), without.read()),
                        figure("stores are there again, with a standby", with.restored(), with.read()),
                        figure("nobody routes, without a standby", without.away(), without.read()),
                        figure("nobody routes, with a standby", with.away(), with.read())),
                List.of(),
                List.of(
                        "%,d open holds; one of two routers at rest is killed, with about half of the partitions"
                                .formatted(holds),
                        "nobody routes: from the kill until every partition decides, with the 10 s after which the broker"
                                + " takes a silent router for lost; the stores: from when the other one has its"
                                + " partitions, looked at every 20 ms",
                        "the consumer read %,d records of the changelogs".formatted(without.records())));
    }

    private static Figure figure(String name, double seconds, double floor) {
        return Figure.of(name, Unit.SECONDS, seconds, new Floor("a consumer of the same changelogs", floor));
    }

    /**
     * One router lost.
     *
     * @param away seconds until all its partitions are routed again
     * @param restored seconds of those, from when the other router has them
     * @param read seconds in which a bare consumer reads the changelogs that were lost
     */
    private record Loss(double away, double restored, double read, long records) {}

    private static Loss lose(Stage stage, int holds, int standbys) {
        Services services =
                stage.services(Set.of(Service.ROUTER_STREAM), ROUTERS, "--carillon.router.standbys=" + standbys);
        List<Member> routers = services.fleet().members(Service.ROUTER_STREAM);
        RouterGroup group = new RouterGroup(stage.broker(), services.topics());
        group.awaitShared(ROUTERS, MOST);
        hold(stage, services, holds);
        stage.conditions().progress().say("waiting until both routers rest");
        routers.forEach(Restore::awaitRest);
        Member victim = routers.getLast();
        Set<Integer> lost = group.partitionsOf("router-" + ROUTERS);
        Changelogs.Read floor = Changelogs.read(stage.broker(), services.topics(), lost);
        try (Probe probe = new Probe(stage.broker(), services.topics().deliveries(Channel.INAPP, Lane.DIRECT))) {
            stage.conditions().progress().say("a router is lost, with %d standbys".formatted(standbys));
            long start = System.nanoTime();
            victim.kill();
            probe.send(services.topics().intake(Lane.DIRECT), Services.PARTITIONS);
            long taken = group.awaitTaken(lost, "router-1", MOST);
            long routed = probe.awaitAll(MOST);
            return new Loss(
                    (routed - start) / 1e9, Math.max(0, routed - taken) / 1e9, floor.seconds(), floor.records());
        }
    }

    private static void hold(Stage stage, Services services, int holds) {
        stage.conditions().progress().say("%,d open holds".formatted(holds));
        Instant now = MachineClock.now();
        Instant tomorrow = now.plus(Duration.ofDays(1));
        int recipients = Math.max(1, holds / 10);
        var intake = services.topics().intake(Lane.DIRECT);
        String run = Long.toString(System.nanoTime());
        Filling.fill(stage.broker(), intake.name(), holds, i -> {
            String recipient = "r" + i % recipients;
            var event = Samples.accepted(run + "-" + i, recipient, now, tomorrow);
            return new Filling.Entry(event.event().uid().toString(), recipient, event);
        });
        Lag lag = services.lag(Service.ROUTER_STREAM, "", intake);
        lag.awaitNone(MOST);
    }

    /** A standby says to nobody how far it is; when it has nothing to do any more, it is there. */
    private static void awaitRest(Member router) {
        long pid = router.process().pid();
        long start = System.nanoTime();
        double before = ProcessUsage.cpuSeconds(pid);
        while (System.nanoTime() - start < MOST.toNanos()) {
            LockSupport.parkNanos(IDLE.toNanos());
            double now = ProcessUsage.cpuSeconds(pid);
            if (now - before < AT_REST * IDLE.toSeconds()) {
                return;
            }
            before = now;
        }
        throw new IllegalStateException(router.name() + " does not come to rest within " + MOST);
    }
}
