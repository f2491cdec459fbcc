package dev.carillon.benchmarks.endtoend;

import dev.carillon.benchmarks.inapp.Storing;
import dev.carillon.benchmarks.ingest.Ingest;
import dev.carillon.benchmarks.load.EndToEndMain;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.router.Routing;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Scale;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The highest rate that the whole pipeline keeps up with: accepted, decided, stored durably and shown. */
public final class Sustained {
    private static final int ARRAY = 20;
    private static final int PEOPLE = 10_000;
    private static final int WATCHERS = 200;
    private static final int LOWEST = 1_000;
    /** Whoever is further behind than this at the end has fallen behind. */
    private static final double BEHIND_MILLIS = 1_000;

    private Sustained() {}

    public static Measured highestRate(Stage stage) {
        Services services = stage.services(Screen.PIPELINE);
        TestDatabase database = services.database();
        int seconds = stage.scale().of(20, 4);
        Step highest = highest(stage, services, seconds);
        int longer = stage.scale().of(60, 0);
        LoadRun held = longer == 0 ? null : held(stage, services, highest.rate(), longer);
        LoadRun shown = held == null ? highest.run() : held;
        double floor = bareStages(stage, database);
        return new Measured(
                List.of(Figure.of(
                        "held for %d s".formatted(held == null ? seconds : longer),
                        Unit.PER_SECOND,
                        highest.rate(),
                        new Floor("raw producer, pass-through and plain JDBC in turn", floor),
                        new Goal.AtLeast(10_000))),
                shown.costs(),
                List.of("arrays of %d for %,d people, of whom %d watch; shown p50 %.0f ms, p99 %.0f ms"
                        .formatted(
                                ARRAY,
                                PEOPLE,
                                WATCHERS,
                                shown.millis("screen", "p50"),
                                shown.millis("screen", "p99"))));
    }

    /** A rate that was held. */
    private record Step(int rate, LoadRun run) {}

    /** Doubles the rate until it is no longer held, then looks for it between the last two. */
    private static Step highest(Stage stage, Services services, int seconds) {
        Step best = null;
        int missed = Integer.MAX_VALUE;
        int rate = LOWEST;
        while (rate < missed) {
            LoadRun run = held(stage, services, rate, seconds);
            if (run != null) {
                best = new Step(rate, run);
            } else {
                missed = rate;
            }
            int reached = best == null ? 0 : best.rate();
            rate = missed == Integer.MAX_VALUE ? 2 * reached : next(stage, reached, missed);
        }
        if (best == null) {
            throw new IllegalStateException("not even %,d/s were held".formatted(LOWEST));
        }
        return best;
    }

    /** Half-way, in steps of a tenth; {@code missed} where that is close enough. */
    private static int next(Stage stage, int reached, int missed) {
        boolean close = missed - reached <= Math.max(LOWEST / 2, missed / 10) || stage.scale() != Scale.FULL;
        return close || reached == 0 ? missed : (reached + missed) / 2;
    }

    /** Null where the pipeline fell behind. */
    private static @Nullable LoadRun held(Stage stage, Services services, int rate, int seconds) {
        stage.conditions().progress().say("%,d notifications/s for %d s".formatted(rate, seconds));
        LoadRun run = LoadRun.of(
                EndToEndMain.class,
                stage.pids(),
                "--target=" + services.fleet().origin(Service.INGEST_API) + "/api/v1/events",
                "--stream=" + services.fleet().origin(Service.INAPP_WORKER) + "/api/v1/notifications/stream",
                "--key=" + RunningCarillon.API_KEY,
                "--run=" + System.nanoTime(),
                "--recipients=" + PEOPLE,
                "--watchers=" + WATCHERS,
                "--array=" + ARRAY,
                "--rate=" + rate,
                "--warmup-rate=" + Math.min(rate, LOWEST),
                "--warmup=" + stage.scale().of(5, 1),
                "--seconds=" + seconds);
        boolean holds = run.report().path("refused").asLong() == 0
                && run.perSecond() >= 0.97 * rate
                && run.report().path("shown").asLong()
                        >= run.report().path("wanted").asLong()
                && run.millis("screen", "p99") <= BEHIND_MILLIS;
        return holds ? run : null;
    }

    /** What the machine does in a second where one bare stage works after the other. */
    private static double bareStages(Stage stage, TestDatabase database) {
        int count = stage.scale().of(200_000, 30_000);
        double store = Storing.plainJdbc(stage, database, count).perSecond();
        double produce = Ingest.rawProducer(stage).perSecond();
        double route = Routing.passThrough(stage, count / 4, count).perSecond();
        return 1 / (1 / produce + 1 / route + 1 / store);
    }
}
