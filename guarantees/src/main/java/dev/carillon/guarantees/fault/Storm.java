package dev.carillon.guarantees.fault;

import dev.carillon.fleet.Member;
import dev.carillon.guarantees.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** One fault after the other, each on what the earlier ones left: a killed process may still be starting. */
public final class Storm {

    private final World world;
    private final RandomGenerator random;
    private final FaultPlan plan;
    private final List<Fault> over = new ArrayList<>();

    public Storm(World world, RandomGenerator random, Duration longestFreeze) {
        this.world = world;
        this.random = random;
        this.plan = new FaultPlan(world, random, longestFreeze);
    }

    /** Returns when all faults are over and all processes are ready again. */
    public void rage(int faults) throws InterruptedException {
        long start = System.nanoTime();
        for (int number = 1; number <= faults; number++) {
            Fault fault = plan.next();
            System.out.printf(
                    "%6.1f s: fault %d of %d, %s, for %.1f s%n",
                    (System.nanoTime() - start) / 1e9,
                    number,
                    faults,
                    fault.what(),
                    fault.lasts().toMillis() / 1e3);
            fault.begin(world);
            Thread.sleep(fault.lasts());
            fault.end(world);
            over.add(fault);
            Thread.sleep(random.nextInt(500, 3_000));
        }
        world.fleet().members().forEach(Member::start);
        world.fleet().awaitReady();
    }

    /** What all faults together can have doubled. */
    public InFlight inFlight() {
        return over.stream().map(Fault::inFlight).reduce(InFlight.NOTHING, InFlight::and);
    }
}
