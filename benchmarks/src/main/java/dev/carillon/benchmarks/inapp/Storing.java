package dev.carillon.benchmarks.inapp;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.benchmarks.stage.Drain;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The row of the feed: a backlog on {@code inapp}, and how fast it is stored and shown. */
public final class Storing {
    private static final int RECIPIENTS = 10_000;
    private static final String NAME = Service.INAPP_WORKER.code();
    /** As the worker has them by default. */
    private static final int CONNECTIONS = 2;

    private Storing() {}

    public static Measured throughput(Stage stage) {
        int warmup = stage.scale().of(600_000, 15_000);
        int count = stage.scale().of(300_000, 40_000);
        drain(stage, warmup);
        stage.analyze();
        Drain ours = drain(stage, count);
        TestDatabase database = stage.services(Set.of(Service.INAPP_WORKER)).database();
        LoadRun floor = plainJdbc(stage, database, count);
        return new Measured(
                List.of(Figure.of(
                        "stored and shown",
                        Unit.PER_SECOND,
                        ours.perSecond(),
                        new Floor("plain JDBC, " + CONNECTIONS + " connections", floor.perSecond()),
                        new Goal.ShareOfFloor(0.7))),
                ours.costs(),
                List.of(
                        "a backlog of %,d for %,d recipients in batches of 500 at most; ours reads, parses and tells inapp.live as well"
                                .formatted(count, RECIPIENTS)));
    }

    private static Drain drain(Stage stage, int count) {
        Services services = stage.services(Set.of(Service.INAPP_WORKER));
        stage.conditions().progress().say("the in-app worker stores %,d deliveries".formatted(count));
        var topic = services.topics().deliveries(Channel.INAPP);
        Instant now = MachineClock.now();
        String run = Long.toString(System.nanoTime());
        return Drain.measure(
                services.member(Service.INAPP_WORKER).process(),
                NAME,
                stage.pids(),
                services.lag(Service.INAPP_WORKER, "", topic),
                count,
                () -> Filling.fill(stage.broker(), topic.name(), count, i -> {
                    String recipient = "r" + i % RECIPIENTS;
                    return new Filling.Entry(
                            recipient, recipient, Samples.delivery(Channel.INAPP, run + "-" + i, recipient, now, i));
                }));
    }

    /** The floor: rows per second into a copy of the feed in {@code database}. */
    public static LoadRun plainJdbc(Stage stage, TestDatabase database, int count) {
        stage.conditions().progress().say("floor: the same batches by plain JDBC");
        return LoadRun.of(
                StoreMain.class,
                Map.of("database", stage.pids().getOrDefault("database", 0L)),
                "--url=" + database.jdbcUrl(),
                "--user=" + database.username(),
                "--password=" + database.password(),
                "--rows=" + count,
                "--recipients=" + RECIPIENTS,
                "--connections=" + CONNECTIONS);
    }
}
