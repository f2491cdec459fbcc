package dev.carillon.benchmarks.result;

import java.util.List;

/** What became of a row. */
public sealed interface RowResult {

    /**
     * It was measured.
     *
     * @param costs of every process that took part
     * @param notes what a reader must know, such as the scale
     */
    record Measured(List<Figure> figures, List<ProcessCost> costs, List<String> notes) implements RowResult {
        public Measured {
            figures = List.copyOf(figures);
            costs = List.copyOf(costs);
            notes = List.copyOf(notes);
        }
    }

    /** It could not be measured. */
    record Failed(String why) implements RowResult {}
}
