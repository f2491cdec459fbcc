package dev.carillon.router.runtime;

import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.TopicProvisioner;
import dev.carillon.router.topology.RoutingSettings;
import dev.carillon.router.topology.RoutingTopology;
import dev.carillon.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.util.unit.DataSize;

/** A router on a real broker, with the settings it has in production. */
final class RunningRouter implements AutoCloseable {
    final PipelineClock clock = new PipelineClock();
    private final RouterStreams streams;

    RunningRouter(String bootstrapServers, Topics topics, Path stateDir, String instance) {
        KafkaProperties kafka = new KafkaProperties();
        kafka.setBootstrapServers(List.of(bootstrapServers));
        new TopicProvisioner(new KafkaClients(kafka, topics), topics).start();
        RouterSettings settings = new RouterSettings(
                stateDir, instance, 1, 0, DataSize.ofMegabytes(32), Duration.ofMillis(100), Duration.ofMillis(20));
        streams = new RouterStreams(
                new RoutingTopology(topics, RoutingSettings.defaults(), clock),
                new StreamsProperties(kafka, topics, settings),
                settings,
                clock);
    }

    /** Starts it and returns once it runs, with how long that took. */
    Duration start() {
        long began = System.nanoTime();
        streams.start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> streams.state() == KafkaStreams.State.RUNNING);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() {
        streams.stop();
    }

    Health health() {
        return new RouterHealth(streams).health();
    }

    /** Whether nothing starts it again. */
    boolean hasGivenUp() {
        return !streams.isKept();
    }

    KafkaStreams.State state() {
        return streams.state();
    }
}
