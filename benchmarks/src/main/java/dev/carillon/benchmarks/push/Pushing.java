package dev.carillon.benchmarks.push;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The row of push: a backlog on {@code push}, and how fast the push service has it. */
public final class Pushing {
    private static final int PEOPLE = 200;
    private static final String NAME = Service.PUSH_WORKER.code();

    private Pushing() {}

    public static Measured rate(Stage stage) {
        int count = stage.scale().of(60_000, 5_000);
        try (PushSink sink = PushSink.start(stage, PEOPLE, false)) {
            Services services = stage.services(Set.of(Service.PUSH_WORKER), sink.trust());
            sink.subscribe(services.fleet().origin(Service.PUSH_WORKER));
            drain(stage, services, sink, count / 2);
            stage.analyze();
            var _ = sink.taken();
            Drain ours = drain(stage, services, sink, count);
            long taken = sink.taken().path("received").asLong();
            if (taken < count) {
                throw new IllegalStateException("the push service got %,d of %,d messages".formatted(taken, count));
            }
            stage.conditions().progress().say("floor: a bare HTTP/2 client to the same push service");
            LoadRun floor = LoadRun.of(
                            RawPushMain.class,
                            Map.of("push-service", sink.pid()),
                            "--origin=" + sink.origin(),
                            "--count=" + count)
                    .orFail();
            return new Measured(
                    List.of(Figure.of(
                            "pushes",
                            Unit.PER_SECOND,
                            ours.perSecond(),
                            new Floor("bare HTTP/2 client", floor.perSecond()))),
                    ours.costs(),
                    List.of(
                            "a backlog of %,d for %,d people with a device each; ours looks devices up, encrypts and signs; %.0f µs of the worker's processor time each"
                                    .formatted(count, PEOPLE, ours.cpuMicrosEach())));
        } finally {
            stage.dismiss();
        }
    }

    private static Drain drain(Stage stage, Services services, PushSink sink, int count) {
        stage.conditions().progress().say("%,d pushes".formatted(count));
        var topic = services.topics().deliveries(Channel.PUSH);
        Map<String, Long> pids = new LinkedHashMap<>(stage.pids());
        pids.put("push-service", sink.pid());
        Instant now = MachineClock.now();
        String run = Long.toString(System.nanoTime());
        return Drain.measure(
                services.member(Service.PUSH_WORKER).process(),
                NAME,
                pids,
                services.lag(Service.PUSH_WORKER, "", topic),
                count,
                () -> Filling.fill(stage.broker(), topic.name(), count, i -> {
                    String recipient = "r" + i % PEOPLE;
                    return new Filling.Entry(
                            recipient, recipient, Samples.delivery(Channel.PUSH, run + "-" + i, recipient, now, i));
                }));
    }
}
