package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.delivery.DeliveryWorker;
import dev.carillon.platform.kafka.ReadLoop;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.router.runtime.RuntimeConfiguration;
import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whoever stops a service waits longer, before killing it, than it may take to stop where no more than one reader hangs. */
class GracePeriodsTest {
    /** Where a compose file says nothing. */
    private static final String OF_DOCKER = "10s";

    /** What a service does after it has answered its requests, in which it reads no more. */
    private static final Map<String, Duration> ENDING = Map.of(
            "ingest-api", ReadLoop.STOPPING,
            "ledger", ReadLoop.STOPPING,
            "inapp-worker", ReadLoop.STOPPING,
            "email-worker", DeliveryWorker.LONGEST_STOP,
            "push-worker", DeliveryWorker.LONGEST_STOP,
            "router-stream", RuntimeConfiguration.LONGEST_STOP);

    @Test
    void theChartsAreLongerThanAnyStop() throws Manifests.Unreadable {
        Map<String, Duration> periods = new TreeMap<>();
        Workload.in(Manifests.read(HelmChart.render(Map.of("ledger.apart", "true"))))
                .forEach(workload -> {
                    Container container = workload.pod().getContainers().getFirst();
                    periods.put(
                            container.getName(),
                            Duration.ofSeconds(
                                    Objects.requireNonNull(workload.pod().getTerminationGracePeriodSeconds())));
                });

        assertThat(periods).containsOnlyKeys(ENDING.keySet()).allSatisfy(GracePeriodsTest::isLongEnough);
    }

    @Test
    void theComposeFilesAreLongerThanAnyStop() throws IOException {
        Map<String, Duration> periods = new TreeMap<>();
        ComposeFile.read()
                .ours()
                .forEach((name, service) -> periods.put(
                        name, duration(String.valueOf(service.getOrDefault("stop_grace_period", OF_DOCKER)))));

        assertThat(periods).hasSize(5).allSatisfy(GracePeriodsTest::isLongEnough);
    }

    private static void isLongEnough(String service, Duration period) {
        assertThat(period)
                .as(service)
                .isGreaterThan(CarillonService.STOP_PHASE.plus(Objects.requireNonNull(ENDING.get(service))));
    }

    /** Such as {@code 1m30s}. */
    private static Duration duration(String words) {
        return Duration.parse("PT" + words.toUpperCase(Locale.ROOT));
    }
}
