package dev.carillon.standalone.pipeline;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PipelineInOneProcessTest extends PipelineScenario {
    @TempDir
    private static Path data;

    @Override
    RunningCarillon start(int smtpPort) {
        return new InOneProcess(data, TestSettings.of(smtpPort));
    }

    @Override
    int rounds() {
        return 1_000;
    }
}
