package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Outside;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PipelineInFiveProcessesTest extends PipelineScenario {
    @TempDir
    private static Path state;

    @Override
    Fleet start(int smtpPort, List<String> further) {
        return Fleet.started(
                Outside.shared(),
                state,
                FleetSettings.small(smtpPort)
                        .with(further.toArray(String[]::new))
                        .with("--logging.structured.format.console=ecs"),
                RandomSeed.of("PipelineInFiveProcessesTest").generator());
    }

    @Override
    int rounds() {
        return 200;
    }

    /**
     * The scenario's addresses all end alike, and no title of it says anything without a space. What a JVM or a library writes
     * before there is a logging system is text.
     */
    @AfterAll
    void theLogsAreJsonAndNameNobody() {
        Fleet fleet = (Fleet) carillon();
        List<String> lines = Arrays.stream(Service.values())
                .flatMap(service -> fleet.log(service).stream())
                .toList();
        List<JsonNode> json = lines.stream()
                .filter(line -> line.startsWith("{"))
                .map(Json.mapper()::readTree)
                .toList();

        assertThat(json).isNotEmpty().allSatisfy(line -> {
            assertThat(line.at("/service/name").asString()).startsWith("carillon-");
            assertThat(line.at("/@timestamp").asString()).isNotEmpty();
        });
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("@example.org", "Invoice ", "Northwind"));
    }
}
