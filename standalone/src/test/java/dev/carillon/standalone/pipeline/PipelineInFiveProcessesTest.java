package dev.carillon.standalone.pipeline;

import dev.carillon.push.webpush.VapidKeyPair;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class PipelineInFiveProcessesTest extends PipelineScenario {
    @TempDir
    private static Path state;

    @Override
    RunningCarillon start(int smtpPort) {
        VapidKeyPair vapid = VapidKeyPair.generate();
        List<String> settings = new ArrayList<>(TestSettings.of(smtpPort));
        settings.add("--carillon.push.vapid.public-key=" + vapid.publicKey());
        settings.add("--carillon.push.vapid.private-key=" + vapid.privateKeyText());
        settings.add("--carillon.push.vapid.subject=mailto:ops@example.org");
        return new FiveProcesses(
                state, settings, RandomSeed.of("PipelineInFiveProcessesTest").generator());
    }

    @Override
    int rounds() {
        return 200;
    }
}
