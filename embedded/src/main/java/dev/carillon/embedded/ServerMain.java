package dev.carillon.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What the two main classes of this module share: arguments, the line that says ready, and the stop on a signal. */
final class ServerMain {

    /** Followed by what a client needs to connect. */
    static final String READY = "READY ";

    /**
     * What the command line says.
     *
     * @param directory null means temporary
     */
    record Arguments(@Nullable Path directory, int port) {}

    interface Starter {
        Running start(Arguments arguments);
    }

    /**
     * A started server.
     *
     * @param address what follows {@link #READY}
     */
    record Running(String address, Runnable stop) {}

    private ServerMain() {}

    /** Prints the reason and exits with 1 where the start is refused, else waits for a signal. */
    static void run(String[] args, Starter starter) throws InterruptedException {
        Running running;
        try {
            running = starter.start(parse(args));
        } catch (StartRefusedException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(running.stop(), "stop"));
        System.out.println(READY + running.address());
        new CountDownLatch(1).await();
    }

    static Arguments parse(String[] args) {
        Path directory = null;
        int port = 0;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            switch (args[i]) {
                case "--directory" -> directory = Path.of(args[i + 1]);
                case "--port" -> port = Integer.parseInt(args[i + 1]);
                default -> throw new IllegalArgumentException("Expected --directory or --port, not " + args[i]);
            }
        }
        return new Arguments(directory, port);
    }
}
