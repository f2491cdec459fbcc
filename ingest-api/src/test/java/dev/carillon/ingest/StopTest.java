package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;

/** The service is told to stop while it reads a request. */
@ExtendWith(InfrastructureExtension.class)
class StopTest {
    private static final Duration WAIT = Duration.ofMinutes(2);

    @Test
    void itIsNotReadyThenTakesNoMoreAndAnswersWhatItHasBegun(
            TestDatabase database, TopicPrefix prefix, TopicProbe probe) throws Exception {
        // However long this test takes, the stop waits for it.
        RunningIngest ingest = RunningIngest.start(
                database,
                prefix.value(),
                Map.of(
                        "spring.lifecycle.timeout-per-shutdown-phase",
                        "10m",
                        "server.jetty.connection-idle-timeout",
                        "10m"),
                Farewell.class);
        String origin = ingest.api().origin();
        Farewell farewell = ingest.bean(Farewell.class);
        farewell.watched = ingest.api();
        try (ingest;
                OpenRequest begun = OpenRequest.begin(
                        origin,
                        RunningIngest.BOOTSTRAP_KEY,
                        "{\"id\":\"e-1\",\"title\":\"Begun before the end\",\"recipients\":[\"ada\"]}")) {
            Thread stop = Thread.ofPlatform().daemon().start(ingest::close);

            await().atMost(WAIT).until(() -> refuses(origin));
            assertThat(stop.isAlive()).as("it waits for the request").isTrue();
            assertThat(begun.end()).isEqualTo("HTTP/1.1 202 Accepted");
            assertThat(stop.join(WAIT)).isTrue();
        }

        assertThat(farewell.answers).containsExactly(503, 202);
        assertThat(probe.readAll(prefix.name("intake")).stream().map(TopicProbe::text))
                .anyMatch(record -> record.contains("Begun before the end"))
                .anyMatch(record -> record.contains("Sent by who does not know yet"));
    }

    /** Asks, as soon as no more traffic is wanted, as balancers do that have not heard of it. */
    static final class Farewell {
        private final List<Integer> answers = new CopyOnWriteArrayList<>();
        private volatile @Nullable Api watched;

        @EventListener
        void onChange(AvailabilityChangeEvent<ReadinessState> change) {
            Api api = watched;
            if (api != null && change.getState() == ReadinessState.REFUSING_TRAFFIC) {
                answers.add(api.get("/actuator/health/readiness").status());
                answers.add(api.post(
                                "/api/v1/events",
                                "{\"id\":\"e-2\",\"title\":\"Sent by who does not know yet\",\"recipients\":[\"ada\"]}")
                        .status());
            }
        }
    }

    private static boolean refuses(String origin) {
        URI server = URI.create(origin);
        try (Socket _ = new Socket(server.getHost(), server.getPort())) {
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
