package dev.carillon.benchmarks.inapp;

import dev.carillon.benchmarks.load.ReadFeedMain;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The row of reading: unread counts and first pages while the table has many rows of many people. */
public final class Reading {
    private static final int ROWS_EACH = 250;
    private static final int RATE = 100;
    /** At the rate that is measured half a minute would leave a JVM hardly warm. */
    private static final int WARM_RATE = 1_000;

    private static final Goal GOAL = new Goal.AboveFloor(2);

    private Reading() {}

    public static Measured latency(Stage stage) {
        int people = stage.scale().of(4_000, 400);
        Services services = stage.services(Set.of(Service.INAPP_WORKER));
        stage.conditions().progress().say("%,d rows of %,d people".formatted(people * ROWS_EACH, people));
        fill(services.database(), people);
        stage.conditions().progress().say("floor: the bare queries");
        LoadRun floor = run(
                stage,
                people,
                Map.of(
                        "url", services.database().jdbcUrl(),
                        "user", services.database().username(),
                        "password", services.database().password()));
        stage.conditions().progress().say("the same by the API");
        LoadRun ours = run(stage, people, Map.of("origin", services.fleet().origin(Service.INAPP_WORKER)));
        List<Figure> figures = new ArrayList<>();
        for (String what : List.of("unread", "page")) {
            String name = what.equals("unread") ? "unread count" : "first page";
            figures.add(figure(name, what, "p50", ours, floor));
            figures.add(figure(name, what, "p99", ours, floor, GOAL));
        }
        return new Measured(
                figures,
                ours.costs(),
                List.of(
                        "%,d rows of %,d people, %d calls/s, half of them counts, after %,d/s for a while; a page has 20 items and three counts"
                                .formatted(people * ROWS_EACH, people, RATE, WARM_RATE)));
    }

    private static void fill(TestDatabase database, int people) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate inapp.feed");
            statement.execute(rows(people));
            statement.execute("vacuum analyze inapp.feed");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LoadRun run(Stage stage, int people, Map<String, String> of) {
        List<String> arguments = new ArrayList<>(List.of(
                "--people=" + people,
                "--rate=" + RATE,
                "--warmup-rate=" + WARM_RATE,
                "--warmup=" + stage.scale().warmup(),
                "--seconds=" + stage.scale().seconds(40)));
        of.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return LoadRun.of(ReadFeedMain.class, stage.pids(), arguments.toArray(String[]::new));
    }

    private static Figure figure(
            String name, String what, String percentile, LoadRun ours, LoadRun floor, Goal... goals) {
        return Figure.of(
                name + ", " + percentile,
                Unit.MILLISECONDS,
                ours.millis(what, percentile),
                new Floor("bare queries", floor.millis(what, percentile)),
                goals);
    }

    /** A fifth unread, a twentieth in threads; spread over a year. */
    private static String rows(int people) {
        return """
            insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, type, category, level, priority, mode,
                                    title, body, action_url, thread, extra, read_at)
            select 'r' || n %% %1$d, gen_random_uuid(), at, n, at, 'invoice.paid', 'billing', 'info', 'normal', 'queued',
                   'Invoice INV-' || n || ' was paid', repeat('The receipt is attached. ', 4), '/invoices/' || n,
                   case when n / %1$d %% 20 = 0 then 'ticket-' || n / %1$d %% 3 end,
                   '{"actor":null,"subjects":[],"data":{"amount":1280,"currency":"EUR"},"actions":[],"image":null,'
                       '"silent":false,"items":[],"more":0}',
                   case when n / %1$d %% 5 > 0 then at + interval '1 hour' end
            from (select n, now() - interval '2 hours' - (n::bigint * 7919 %% 31536000) * interval '1 second' as at
                  from generate_series(1, %2$d) n) rows
            order by 1, 2
            """.formatted(people, people * ROWS_EACH);
    }
}
