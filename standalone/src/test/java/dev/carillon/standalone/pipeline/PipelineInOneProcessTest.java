package dev.carillon.standalone.pipeline;

import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.RunningCarillon;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineInOneProcessTest extends PipelineScenario {
    @TempDir
    private static Path data;

    @Override
    RunningCarillon start(int smtpPort, List<String> further) {
        return new InOneProcess(
                data,
                Stream.concat(FleetSettings.forTests(smtpPort).stream(), further.stream())
                        .toList());
    }

    @Test
    void whoIsErasedLeavesNoRowAndNoLiveRecordAnywhere() throws InterruptedException {
        Erasure erasure = new Erasure((InOneProcess) carillon(), api(), "eve.7f3a.nowhere-else");
        erasure.leavesNothing(device());
        erasure.theIdMayBeSomebodyElses();
    }

    @Override
    int rounds() {
        return 1_000;
    }
}
