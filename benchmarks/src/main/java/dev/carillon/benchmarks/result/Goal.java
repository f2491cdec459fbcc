package dev.carillon.benchmarks.result;

/** What a figure is to reach. */
public sealed interface Goal {

    record AtLeast(double value) implements Goal {}

    record AtMost(double value) implements Goal {}

    /**
     * Of something that more of is better.
     *
     * @param share such as 0.4 for 40 % of the floor
     */
    record ShareOfFloor(double share) implements Goal {}

    /**
     * Of something that less of is better.
     *
     * @param times such as 2 for twice the floor
     */
    record TimesFloor(double times) implements Goal {}

    /**
     * Of something that less of is better.
     *
     * @param by how much may come on top of the floor, in the unit of the figure
     */
    record AboveFloor(double by) implements Goal {}

    default boolean reachedBy(double ours, Floor floor) {
        return switch (this) {
            case AtLeast(double value) -> ours >= value;
            case AtMost(double value) -> ours <= value;
            case ShareOfFloor(double share) -> ours >= share * floor.value();
            case TimesFloor(double times) -> ours <= times * floor.value();
            case AboveFloor(double by) -> ours <= floor.value() + by;
        };
    }

    /** As a table shows it. */
    default String text(Unit unit) {
        return switch (this) {
            case AtLeast(double value) -> "≥ " + Numbers.withUnit(value, unit);
            case AtMost(double value) -> "≤ " + Numbers.withUnit(value, unit);
            case ShareOfFloor(double share) -> "≥ %.0f %% of floor".formatted(100 * share);
            case TimesFloor(double times) -> "≤ " + Numbers.plain(times) + " × floor";
            case AboveFloor(double by) -> "≤ floor + " + Numbers.withUnit(by, unit);
        };
    }
}
