package dev.carillon.standalone.pipeline;

import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.RunningCarillon;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PipelineInOneProcessTest extends PipelineScenario {
    @TempDir
    private static Path data;

    @Override
    RunningCarillon start(int smtpPort) {
        return new InOneProcess(data, FleetSettings.forTests(smtpPort));
    }

    @Override
    int rounds() {
        return 1_000;
    }
}
