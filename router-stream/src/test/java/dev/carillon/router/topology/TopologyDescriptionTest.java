package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The shape is what changelogs, offsets and rolling upgrades depend on: a change of it needs a decision record. */
class TopologyDescriptionTest {
    @Test
    void theShapeIsTheOneThatIsWrittenDown() throws IOException {
        String now = new RoutingTopology(
                        new Topics(TopicSettings.defaults()),
                        RoutingSettings.defaults(),
                        ManualClock.at("2026-11-20T10:00:00Z"))
                .build()
                .describe()
                .toString();

        try (var golden = Objects.requireNonNull(getClass().getResourceAsStream("topology.txt"))) {
            assertThat(now.strip()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }
}
