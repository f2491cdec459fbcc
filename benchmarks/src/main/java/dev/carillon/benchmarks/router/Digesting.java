package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.benchmarks.stage.Drain;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.benchmarks.stage.Lag;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What an event costs the router that it collects in a window and tells together with others, until it is told. */
public final class Digesting {
    private static final int EACH = 10;
    private static final Duration MOST = Duration.ofMinutes(10);
    /** No more comes of a window that has ended. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private Digesting() {}

    public static Measured cost(Stage stage) {
        int recipients = stage.scale().of(30_000, 1_000);
        int count = EACH * recipients;
        Duration window = Duration.ofSeconds(stage.scale().of(30, 3));
        Routing.warmUp(stage);
        Drain floor = Routing.drain(stage, count, recipients, null);
        NotificationType type = know(stage, window);
        collect(stage, type, recipients);
        Drain ours = collect(stage, type, recipients);
        return new Measured(
                List.of(Figure.of(
                        "an event collected and told with %d others".formatted(EACH - 1),
                        Unit.MICROSECONDS,
                        ours.cpuMicrosEach(),
                        new Floor("told one by one", floor.cpuMicrosEach()))),
                ours.costs(),
                List.of(
                        "the router's processor time, with what it does while a window of %d s passes; %,d events for %,d recipients"
                                .formatted(window.toSeconds(), count, recipients)));
    }

    private static NotificationType know(Stage stage, Duration window) {
        var topic = stage.services(Set.of(Service.ROUTER_STREAM)).topics().types();
        Batch batch = new Batch(Set.of(Channel.INAPP), Batch.Mode.FIXED, window, null, false, null, EACH);
        NotificationType type = new NotificationType(
                "build.finished",
                1,
                "Build finished",
                null,
                null,
                Set.of(Channel.INAPP),
                null,
                null,
                false,
                false,
                List.of(),
                new Policies(List.of(batch), null, List.of(), null, false));
        Filling.fill(stage.broker(), topic.name(), 1, i -> new Filling.Entry(type.name(), null, type));
        return type;
    }

    /** Until all of them are told. */
    private static Drain collect(Stage stage, NotificationType type, int recipients) {
        Lag told = Lag.ofEverything(
                stage.broker().admin(),
                stage.services(Set.of(Service.ROUTER_STREAM))
                        .topics()
                        .deliveries(Channel.INAPP)
                        .name());
        long before = told.total();
        return Routing.drain(
                stage,
                EACH * recipients,
                recipients,
                (id, recipient, at) -> Samples.acceptedOf(type, id, recipient, at),
                () -> told.awaitAtLeastAndQuiet(before + recipients, QUIET, MOST));
    }
}
