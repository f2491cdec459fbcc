package dev.carillon.standalone.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class PipelineInOneProcessTest extends PipelineScenario {
    @TempDir
    private static Path data;

    @Override
    RunningCarillon start(int smtpPort) {
        return new InOneProcess(data, settings(smtpPort));
    }

    private static List<String> settings(int smtpPort) {
        return TestSettings.of(smtpPort);
    }
}
