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
        URI stream = URI.create(arguments.text("stream"));
        try (SseReaders readers = Watchers.connect(stream, arguments.number("watchers", people), people)) {
            PublishEvents warmup =
                    new PublishEvents(PublishMain.plan(arguments).warmup(arguments.number("warmup-rate")));
            warmup.run(arguments.number("warmup"));
            readers.awaitReceived(warmup.accepted(), PATIENCE);
            readers.reset();
            Reporting.measuring();
            long start = System.nanoTime();
            publish.run(arguments.number("seconds"));
            double seconds = (System.nanoTime() - start) / 1e9;
            readers.awaitReceived(publish.accepted(), PATIENCE);
            Map<String, Object> result = PublishMain.result(publish, seconds);
            result.put("shown", readers.received());
            result.put("disconnected", readers.closed());
            result.put("screen", readers.latencies().toMap());
            Reporting.result(result);
        }
    }
}
