package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Accepted;
import dev.carillon.guarantees.promise.TakenBack;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Changes its mind about some of what is to be told later: well before that time, just then, or too late. */
final class Cancelling {

    private static final int EARLIEST_MS = -3_000;
    private static final int LATEST_MS = 1_000;

    private final RandomGenerator random;
    private final PriorityQueue<Plan> plans = new PriorityQueue<>(Comparator.comparing(Plan::at));

    private record Plan(Instant at, TakenBack cancel) {}

    Cancelling(RandomGenerator random) {
        this.random = random;
    }

    /** Every second one is cancelled, half of these for one of its recipients only. */
    void mayCancel(Accepted event, Instant deliverAt) {
        if (random.nextBoolean()) {
            return;
        }
        List<String> recipients = event.targets().keySet().stream().sorted().toList();
        Set<String> whom = random.nextBoolean()
                ? Set.copyOf(recipients)
                : Set.of(recipients.get(random.nextInt(recipients.size())));
        plans.add(new Plan(deliverAt.plusMillis(random.nextInt(EARLIEST_MS, LATEST_MS)), new TakenBack(event, whom)));
    }

    /** What is to be cancelled by now; null for nothing. */
    @Nullable TakenBack next(Instant now) {
        Plan first = plans.peek();
        if (first == null || first.at().isAfter(now)) {
            return null;
        }
        plans.remove();
        return first.cancel();
    }
}
