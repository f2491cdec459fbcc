package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.util.unit.DataSize;

class StreamsPropertiesTest {
    @TempDir
    Path directory;

    @Test
    void keepsTheStoresInAsManyCopiesAsEveryTopic() {
        List<Duration> tiers = List.of(Duration.ofMinutes(1));

        assertThat(of(new TopicSettings("t.", 1, (short) 3, tiers, (short) 2)))
                .containsEntry("replication.factor", 3)
                .containsEntry("topic.min.insync.replicas", "2");
        assertThat(of(new TopicSettings("t.", 1, (short) 3, tiers)))
                .containsEntry("replication.factor", 3)
                .doesNotContainKey("topic.min.insync.replicas");
    }

    private Properties of(TopicSettings topics) {
        RouterSettings settings = new RouterSettings(
                directory, "one", 1, 0, DataSize.ofMegabytes(16), Duration.ofMillis(100), Duration.ofMillis(20));
        StoreMemory memory = new StoreMemory(DataSize.ofMegabytes(1));
        try {
            return new StreamsProperties(new KafkaProperties(), new Topics(topics), settings).with(memory);
        } finally {
            memory.close();
        }
    }
}
