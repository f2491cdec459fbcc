package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.Drain;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a decision costs the router while its stores grow. The floor is the same with little in them. */
public final class DecisionCost {
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Goal FLAT = new Goal.TimesFloor(1.2);

    private DecisionCost() {}

    /** Few and many registered recipients. */
    public static Measured ofRecipients(Stage stage) {
        int few = stage.scale().of(10_000, 2_000);
        int many = stage.scale().of(1_000_000, 50_000);
        int count = count(stage);
        register(stage, few);
        Routing.warmUp(stage);
        Drain floor = Routing.drain(stage, count, few, null);
        register(stage, many);
        Drain ours = Routing.drain(stage, count, many, null);
        return cost("with %,d recipients".formatted(many), ours, "with %,d".formatted(few), floor);
    }

    /** No open holds and many. */
    public static Measured ofHolds(Stage stage) {
        int holds = stage.scale().of(1_000_000, 20_000);
        int recipients = stage.scale().of(100_000, 10_000);
        int count = count(stage);
        Routing.warmUp(stage);
        Drain floor = Routing.drain(stage, count, recipients, null);
        Instant tomorrow = MachineClock.now().plus(Duration.ofDays(1));
        Routing.drain(stage, holds, recipients, tomorrow);
        Drain ours = Routing.drain(stage, count, recipients, null);
        stage.dismiss();
        return cost("with %,d open holds".formatted(holds), ours, "without", floor);
    }

    private static int count(Stage stage) {
        return stage.scale().of(100_000, 10_000);
    }

    private static Measured cost(String what, Drain ours, String before, Drain floor) {
        return new Measured(
                List.of(Figure.of(
                        "a decision " + what,
                        Unit.MICROSECONDS,
                        ours.cpuMicrosEach(),
                        new Floor(before, floor.cpuMicrosEach()),
                        FLAT)),
                ours.costs(),
                List.of("the router's processor time; %.0f decisions/s, %.0f/s %s"
                        .formatted(ours.perSecond(), floor.perSecond(), before)));
    }

    private static void register(Stage stage, int recipients) {
        Services services = stage.services(Set.of(Service.ROUTER_STREAM));
        stage.conditions().progress().say("%,d recipients".formatted(recipients));
        var topic = services.topics().recipients();
        long version = System.nanoTime();
        Filling.fill(stage.broker(), topic.name(), recipients, i -> {
            String id = "r" + i;
            return new Filling.Entry(
                    id,
                    id,
                    new RecipientProfile(
                            new RecipientId(id), version, "Ada", id + "@example.org", "en", Preferences.defaults()));
        });
        services.lag(Service.ROUTER_STREAM, "", topic).awaitNone(MOST);
    }
}
