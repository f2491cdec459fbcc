package dev.carillon.router.runtime;

import dev.carillon.router.topology.RoutingSettings;
import dev.carillon.router.topology.RoutingTopology;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.util.unit.DataSize;

class KeeperTest {
    private final Topics topics = new Topics(TopicSettings.defaults());

    @TempDir
    Path directory;

    @Test
    void startsAgainAfterAnyFailure() {
        KafkaProperties kafka = new FailsAtFirst();
        kafka.setBootstrapServers(List.of("127.0.0.1:1"));
        RouterSettings settings = new RouterSettings(
                directory, "keeper", 1, 0, DataSize.ofMegabytes(16), Duration.ofMillis(100), Duration.ofMillis(20));
        Clock clock = Clock.systemUTC();
        RouterStreams streams = new RouterStreams(
                new RoutingTopology(topics, RoutingSettings.defaults(), clock),
                new StreamsProperties(kafka, topics, settings),
                settings,
                clock);

        streams.start();
        try {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> streams.state() != KafkaStreams.State.CREATED);
        } finally {
            streams.stop();
        }
    }

    /** Cannot say how to connect when it is asked for the first time. */
    private static final class FailsAtFirst extends KafkaProperties {
        private boolean asked;

        @Override
        public Map<String, Object> buildStreamsProperties() {
            if (!asked) {
                asked = true;
                throw new IllegalStateException("something nobody thought of");
            }
            return super.buildStreamsProperties();
        }
    }
}
