package dev.carillon.benchmarks.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param name what it is, such as {@code p99 at 2,000/s}
 * @param floor null where nothing was measured beside it, which fails the run
 * @param goals all of which are to be reached; empty for a figure that only informs
 */
public record Figure(
        String name, Unit unit, double ours, @Nullable Floor floor, List<Goal> goals) {

    public Figure {
        goals = List.copyOf(goals);
    }

    public static Figure of(String name, Unit unit, double ours, Floor floor, Goal... goals) {
        return new Figure(name, unit, ours, floor, List.of(goals));
    }

    /** Ours divided by the floor; NaN without a floor. */
    public double ratio() {
        return floor == null || floor.value() == 0 ? Double.NaN : ours / floor.value();
    }

    /** Null where there is no goal. */
    public @Nullable Boolean reached() {
        Floor beside = floor;
        if (goals.isEmpty() || beside == null) {
            return null;
        }
        return goals.stream().allMatch(goal -> goal.reachedBy(ours, beside));
    }
}
