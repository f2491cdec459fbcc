package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicPrefix;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

@ExtendWith(InfrastructureExtension.class)
class TwoRoutersTest {
    private static final Duration WAIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void theFirstOfTwoWithOneNameStopsForGoodAndSaysWhy(TopicPrefix prefix) {
        Topics topics = new Topics(new TopicSettings(
                prefix.value(), 2, (short) 1, TopicSettings.defaults().retryTiers()));
        try (RunningRouter first = router(topics, "first");
                RunningRouter second = router(topics, "second")) {
            first.start();
            second.start();

            Awaitility.await()
                    .atMost(WAIT)
                    .until(() -> first.health().getStatus().equals(Status.DOWN));
            Health health = first.health();
            assertThat(health.getDetails().get("reason")).asString().contains("carillon.router.instance");
            Awaitility.await().atMost(WAIT).until(() -> second.state() == KafkaStreams.State.RUNNING);
            assertThat(second.health().getStatus()).isEqualTo(Status.UP);
            Awaitility.await().atMost(WAIT).until(first::hasGivenUp);
            assertThat(first.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    private RunningRouter router(Topics topics, String state) {
        return new RunningRouter(TestInfrastructure.bootstrapServers(), topics, directory.resolve(state), "the-same");
    }
}
