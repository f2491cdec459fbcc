package dev.carillon.standalone;

import dev.carillon.embedded.StartRefusedException;
import dev.carillon.push.webpush.VapidKeyPair;
import dev.carillon.standalone.launch.Exports;
import dev.carillon.standalone.launch.LaunchOptions;
import dev.carillon.standalone.launch.Usage;
import dev.carillon.standalone.launch.VapidKeys;
import dev.carillon.standalone.server.StandaloneServers;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The quick start: everything in one process. */
public final class CarillonApplication {

    private static final int REFUSED = 1;
    private static final int MISUSED = 2;

    private CarillonApplication() {}

    public static void main(String[] arguments) {
        long began = System.nanoTime();
        LaunchOptions options;
        try {
            options = LaunchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            end(MISUSED, e.getMessage());
            return;
        }
        switch (options.task()) {
            case HELP -> System.out.print(Usage.TEXT);
            case VERSION -> System.out.println("carillon " + version());
            case VAPID -> System.out.print(VapidKeys.text(VapidKeyPair.generate()));
            case SERVERS -> serve(options);
            case START -> run(options, began);
        }
    }

    /** From the jar's manifest; classes outside a jar have none. */
    private static String version() {
        String version = CarillonApplication.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static void run(LaunchOptions options, long began) {
        Standalone standalone = new Standalone(options, System.out::println);
        AtomicBoolean refused = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone, refused.get()), "stop"));
        try {
            standalone.start();
        } catch (StartRefusedException e) {
            refused.set(true);
            end(REFUSED, e.getMessage());
        } catch (RuntimeException e) {
            refused.set(true);
            end(REFUSED, FailureSentence.of(e));
        }
        System.out.println(standalone.greeting(System.nanoTime() - began));
        if (options.rehearsal()) {
            System.exit(0);
        }
    }

    /** Only broker and database, until a signal comes. */
    private static void serve(LaunchOptions options) {
        PrintStream answer = System.out;
        // Whoever reads the answer runs it: what is logged meanwhile is no part of it.
        System.setOut(System.err);
        try {
            StandaloneServers servers = StandaloneServers.start(options.data());
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "stop"));
            answer.print(Exports.of(forServices(servers)));
            answer.flush();
            new CountDownLatch(1).await();
        } catch (StartRefusedException e) {
            end(REFUSED, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> forServices(StandaloneServers servers) {
        Map<String, Object> all = new HashMap<>(servers.properties());
        servers.secrets().properties().forEach((name, value) -> {
            if (!name.startsWith("carillon.standalone.")) {
                all.put(name, value);
            }
        });
        return all;
    }

    /** Says what takes some seconds; after a refusal there is nothing that ran. */
    private static void stop(Standalone standalone, boolean refused) {
        if (refused) {
            standalone.close();
            return;
        }
        System.out.println("Stopping Carillon…");
        standalone.close();
        System.out.println("Stopped.");
    }

    private static void end(int status, @Nullable String sentence) {
        System.err.println("carillon: " + sentence);
        System.exit(status);
    }
}
