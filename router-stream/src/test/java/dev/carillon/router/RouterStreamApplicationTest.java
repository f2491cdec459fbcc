package dev.carillon.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.startup.CarillonService;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(InfrastructureExtension.class)
class RouterStreamApplicationTest {
    private final TopicPrefix prefix;
    private final TopicProbe probe;

    @TempDir
    Path directory;

    RouterStreamApplicationTest(TopicPrefix prefix, TopicProbe probe) {
        this.prefix = prefix;
        this.probe = probe;
    }

    @Test
    void startsAloneWithoutADatabaseAndIsHealthyOnceItRoutes() throws Exception {
        try (ConfigurableApplicationContext context = start();
                HttpClient http = HttpClient.newHttpClient()) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                    .build();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> http.send(health, HttpResponse.BodyHandlers.ofString())
                                    .statusCode()
                            == 200);
            assertThat(context.containsBean("routerHealth")).isTrue();
        }
    }

    private ConfigurableApplicationContext start() {
        return CarillonService.application(RouterStreamApplication.class, 0)
                .run(
                        "--spring.kafka.bootstrap-servers=" + probe.bootstrapServers(),
                        "--carillon.topics.prefix=" + prefix.value(),
                        "--carillon.topics.partitions=2",
                        "--carillon.router.state-dir=" + directory,
                        "--carillon.router.instance=alone");
    }
}
