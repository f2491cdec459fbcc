package dev.carillon.benchmarks;

import dev.carillon.benchmarks.stage.Scale;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param rows at least one
 * @param json where the result is written as JSON as well; null for nowhere
 * @param profiles where flight recordings go; null for none
 */
record BenchOptions(
        Action action,
        List<Row> rows,
        Scale scale,
        @Nullable Path json,
        @Nullable Path profiles) {

    enum Action {
        RUN,
        LIST,
        HELP
    }

    static final String USAGE = """
            Usage: ./carillon bench [OPTION]...

            Measures every stage beside the floor that it stands on, each in the same run.

              --only ROW,...   only these rows (--list names them; a beginning such as "ingest" names several)
              --quick          everything in less than five minutes: shows that it runs, and roughly where we are
              --json FILE      writes the result there as well
              --profile DIR    writes a flight recording (JFR) of the broker and of every service there
              --list           names the rows and what each stands on
              --help           shows this

            A run of all rows writes docs/benchmarks; any other writes benchmarks/target/report.
            """;

    /** @throws IllegalArgumentException with a sentence for the user */
    static BenchOptions parse(String... args) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
        Action action = Action.RUN;
        List<Row> rows = Rows.ALL;
        Scale scale = Scale.FULL;
        Path json = null;
        Path profiles = null;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--only" -> rows = rows(value(option, rest));
                case "--quick" -> scale = Scale.QUICK;
                case "--json" -> json = Path.of(value(option, rest));
                case "--profile" -> profiles = Path.of(value(option, rest));
                case "--list" -> action = Action.LIST;
                case "--help", "-h" -> action = Action.HELP;
                default -> throw new IllegalArgumentException("Unknown option " + option + "; --help lists them.");
            }
        }
        return new BenchOptions(action, rows, scale, json, profiles);
    }

    /** Whether every row is measured as it is meant to be. */
    boolean whole() {
        return scale == Scale.FULL && rows.equals(Rows.ALL);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value; --help explains it.");
        }
        return rest.pop();
    }

    /** In the order of the report. */
    private static List<Row> rows(String names) {
        Set<Row> wanted = new HashSet<>();
        for (String name : names.split(",", -1)) {
            List<Row> named = Rows.ALL.stream()
                    .filter(row -> !name.isEmpty()
                            && (row.id().equals(name) || row.id().startsWith(name + "-")))
                    .toList();
            if (named.isEmpty()) {
                throw new IllegalArgumentException("There is no row " + name + "; --list names them.");
            }
            wanted.addAll(named);
        }
        return Rows.ALL.stream().filter(wanted::contains).toList();
    }
}
