package dev.carillon.benchmarks.micro;

import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.Delivery;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A delivery out of JSON; the floor reads all tokens and texts and keeps none. */
@State(Scope.Benchmark)
public class ReadDeliveryBenchmark {
    private final byte[] json =
            Json.write(Samples.delivery(Channel.INAPP, "1", "ada", Instant.parse("2026-11-20T10:00:00Z"), 1));

    @Benchmark
    public Delivery ours() {
        return Json.read(json, Delivery.class);
    }

    @Benchmark
    public int floor() {
        int length = 0;
        try (JsonParser parser = Json.mapper().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    length += parser.getString().length();
                }
            }
        }
        return length;
    }
}
