package dev.carillon.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Opens live connections, a person each, and keeps them open without anything happening. */
public final class HoldMain {
    private HoldMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments = Arguments.parse(args);
        int connections = arguments.number("connections");
        try (SseReaders readers = Watchers.connect(URI.create(arguments.text("stream")), connections, connections)) {
            Reporting.measuring();
            Reporting.result(Map.of("count", connections - readers.closed()));
        }
    }
}
