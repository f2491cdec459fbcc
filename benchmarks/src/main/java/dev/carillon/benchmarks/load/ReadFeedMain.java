package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.recipient.RecipientId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks for unread counts and first pages in turn, of another person each time, at a fixed rate: of the API, or (with
 * {@code --url}) by the bare queries.
 */
public final class ReadFeedMain {
    private static final int CONNECTIONS = 4;

    /** Far from its neighbours, so that nobody's rows are in a cache because of the person before. */
    private static final long STRIDE = 7_919;

    private static final Duration LIFE = Duration.ofHours(1);

    private final Arguments arguments;
    private final String[] people;
    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Latencies counts = new Latencies();
    private final Latencies pages = new Latencies();

    private ReadFeedMain(Arguments arguments) {
        this.arguments = arguments;
        this.people = new String[arguments.number("people")];
        boolean bare = arguments.values().containsKey("url");
        EndUserTokens tokens = new EndUserTokens(
                RunningCarillon.JWT_SECRET, "carillon", Clock.fixed(MachineClock.now(), ZoneOffset.UTC));
        for (int i = 0; i < people.length; i++) {
            people[i] = bare ? "r" + i : tokens.issue(new RecipientId("r" + i), LIFE);
        }
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        ReadFeedMain reading = new ReadFeedMain(arguments);
        reading.run(arguments.number("warmup"), arguments.number("warmup-rate"));
        reading.counts.reset();
        reading.pages.reset();
        Reporting.measuring();
        reading.run(arguments.number("seconds"), arguments.number("rate"));
        Reporting.result(Map.of(
                "count",
                reading.counts.count() + reading.pages.count(),
                "unread",
                reading.counts.toMap(),
                "page",
                reading.pages.toMap()));
    }

    private void run(int seconds, int rate) throws Exception {
        OpenLoop loop = new OpenLoop(rate, System.nanoTime(), seconds * 1_000_000_000L);
        Thread[] threads = new Thread[CONNECTIONS];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().start(() -> read(loop));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void read(OpenLoop loop) {
        try (FeedReads reads = reads()) {
            for (long intended = loop.await(); intended >= 0; intended = loop.await()) {
                long number = next.getAndIncrement();
                String person = people[(int) (number / 2 * STRIDE % people.length)];
                if (number % 2 == 0) {
                    reads.unreadCount(person);
                } else {
                    reads.firstPage(person);
                }
                (number % 2 == 0 ? counts : pages).record((System.nanoTime() - intended) / 1000);
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    private FeedReads reads() throws Exception {
        return arguments.values().containsKey("url")
                ? BareFeedReads.connect(arguments)
                : new FeedCalls(URI.create(arguments.text("origin")));
    }
}
