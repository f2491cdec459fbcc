package dev.carillon.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Publishes events for people who are all connected, and reports how late each is on the screen. */
public final class EndToEndMain {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private EndToEndMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments = Arguments.parse(args);
        PublishEvents publish = new PublishEvents(PublishMain.plan(arguments));
        int people = arguments.number("recipients");
        int watchers = arguments.number("watchers", people);
        URI stream = URI.create(arguments.text("stream"));
        try (SseReaders readers = Watchers.connect(stream, watchers, people)) {
            PublishEvents warmup =
                    new PublishEvents(PublishMain.plan(arguments).warmup(arguments.number("warmup-rate")));
            warmup.run(arguments.number("warmup"));
            readers.awaitReceived(shown(warmup, watchers, people), PATIENCE);
            readers.reset();
            Reporting.measuring();
            long start = System.nanoTime();
            publish.run(arguments.number("seconds"));
            double seconds = (System.nanoTime() - start) / 1e9;
            readers.awaitReceived(shown(publish, watchers, people), PATIENCE);
            Map<String, Object> result = PublishMain.result(publish, seconds);
            result.put("wanted", shown(publish, watchers, people));
            result.put("shown", readers.received());
            result.put("disconnected", readers.closed());
            result.put("screen", readers.latencies().toMap());
            Reporting.result(result);
        }
    }

    /** How many at least are for somebody who watches: events go to everybody in turn. */
    private static long shown(PublishEvents publish, int watchers, int people) {
        return watchers >= people ? publish.accepted() : publish.accepted() / people * watchers;
    }
}
