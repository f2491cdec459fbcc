package dev.carillon.guarantees.fault;

import dev.carillon.guarantees.world.World;
import java.time.Duration;
import java.util.function.Consumer;

/** What happens to the broker, the database and its disk. */
final class ServerFaults {

    private static final int PUSH_WORKERS = 2;

    private ServerFaults() {}

    private record OfServer(
            String what, Duration lasts, Consumer<World> beginning, Consumer<World> ending, InFlight inFlight)
            implements Fault {

        @Override
        public void begin(World world) {
            beginning.accept(world);
        }

        @Override
        public void end(World world) {
            ending.accept(world);
        }
    }

    static Fault killBroker(Duration away) {
        return new OfServer(
                "kill -9 of the broker",
                away,
                world -> world.broker().kill(),
                world -> {
                    world.broker().start();
                    world.broker().awaitReady();
                },
                InFlight.ofBroker(PUSH_WORKERS));
    }

    static Fault freezeBroker(Duration lasts) {
        return new OfServer(
                "SIGSTOP of the broker",
                lasts,
                world -> world.broker().process().freeze(),
                world -> world.broker().process().thaw(),
                InFlight.ofBroker(PUSH_WORKERS));
    }

    static Fault killDatabase(Duration away) {
        return new OfServer(
                "kill -9 of PostgreSQL",
                away,
                world -> world.database().kill(),
                world -> world.database().start(),
                InFlight.NOTHING);
    }

    static Fault fillDisk(Duration lasts) {
        return new OfServer(
                "a full disk under PostgreSQL",
                lasts,
                world -> world.disk().orElseThrow().fill(),
                world -> {
                    world.disk().orElseThrow().empty();
                    // It gives up where it cannot write its log; whoever operates it starts it again.
                    world.database().stop();
                    world.database().start();
                },
                InFlight.NOTHING);
    }

    static Fault poison() {
        return new OfServer(
                "poison on every topic",
                Duration.ZERO,
                world -> new Poison(world).pour(),
                world -> {},
                InFlight.NOTHING);
    }
}
