package dev.carillon.standalone.pipeline;

import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PipelineInFiveProcessesTest extends PipelineScenario {
    @TempDir
    private static Path state;

    @Override
    RunningCarillon start(int smtpPort) {
        return FiveProcesses.started(
                FiveProcesses.Outside.shared(),
                state,
                TestSettings.withPush(smtpPort),
                RandomSeed.of("PipelineInFiveProcessesTest").generator());
    }

    @Override
    int rounds() {
        return 200;
    }
}
