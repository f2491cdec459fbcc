package dev.carillon.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicPrefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the image's build does with {@code docker/rehearse.sh}. It needs the jars, so it runs after {@code package}. */
@ExtendWith(InfrastructureExtension.class)
class RehearsalIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin").toString();
    private static final int NO_RELAY = 1;

    @TempDir
    private Path directory;

    @Test
    void aServiceStartsFromWhatItHasLearnt(TestDatabase database, TopicPrefix prefix) throws Exception {
        Path service = unpacked();
        Path cache = directory.resolve("service.aot");
        List<String> rehearsal = new ArrayList<>(List.of(
                "bash",
                ServiceJar.REPOSITORY.resolve("docker/rehearse.sh").toString(),
                ServiceJar.jar("standalone").toString(),
                service.toString(),
                cache.toString()));
        rehearsal.addAll(ServiceJar.SMALL);
        run(rehearsal);

        List<String> jvm = new ArrayList<>(ServiceJar.SMALL);
        // Without the cache such a JVM does not start at all.
        jvm.addAll(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-jar", service.toString()));
        List<String> settings = new ArrayList<>(FleetSettings.forTests(NO_RELAY));
        settings.add("--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrapServers());
        settings.add("--carillon.topics.prefix=" + prefix.value());
        database.springProperties().forEach((name, value) -> settings.add("--" + name + "=" + value));
        try (ServiceJar started = ServiceJar.start(jvm, "", settings)) {
            started.awaitReady();
        }
    }

    /** As the image has it: classes within a jar within a jar cannot be cached. */
    private Path unpacked() throws Exception {
        Path jar = ServiceJar.jar(Service.PUSH_WORKER);
        Path to = directory.resolve("app");
        run(List.of(
                JAVA + "/java", "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", to.toString()));
        return to.resolve(jar.getFileName());
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().merge("PATH", JAVA, (path, java) -> java + ":" + path);
        builder.environment().put("SERVER_PORT", Integer.toString(LoopbackPort.choose(0)));
        int code = builder.start().waitFor();
        assertThat(code).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
    }
}
