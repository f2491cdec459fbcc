package dev.carillon.standalone.pipeline;

import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Outside;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class PipelineInFiveProcessesTest extends PipelineScenario {
    @TempDir
    private static Path state;

    @Override
    Fleet start(int smtpPort, List<String> further) {
        return Fleet.started(
                Outside.shared(),
                state,
                FleetSettings.small(smtpPort).with(further.toArray(String[]::new)),
                RandomSeed.of("PipelineInFiveProcessesTest").generator());
    }

    @Override
    int rounds() {
        return 200;
    }
}
