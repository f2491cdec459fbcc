package dev.carillon.standalone.pipeline;

import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Outside;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PipelineInFiveProcessesTest extends PipelineScenario {
    @TempDir
    private static Path state;

    @Override
    Fleet start(int smtpPort) {
        return Fleet.started(
                Outside.shared(),
                state,
                FleetSettings.small(smtpPort),
                RandomSeed.of("PipelineInFiveProcessesTest").generator());
    }

    @Override
    int rounds() {
        return 200;
    }
}
