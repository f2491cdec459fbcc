package dev.carillon.benchmarks.micro;

import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A delivery as JSON; the floor encodes the same text, ready-made. */
@State(Scope.Benchmark)
public class WriteDeliveryBenchmark {
    private final Delivery delivery =
            Samples.delivery(Channel.INAPP, "1", "ada", Instant.parse("2026-11-20T10:00:00Z"), 1);
    private final String text = new String(Json.write(delivery), StandardCharsets.UTF_8);

    @Benchmark
    public byte[] ours() {
        return Json.write(delivery);
    }

    @Benchmark
    public byte[] floor() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
