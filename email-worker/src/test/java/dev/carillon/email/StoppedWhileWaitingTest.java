package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.ChildProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever starts a service before its broker or database can also stop it. */
class StoppedWhileWaitingTest {

    private static final Duration END = Duration.ofMinutes(1);

    private final WorkerUnderTest worker = new WorkerUnderTest();

    private static ChildProcess start(List<String> arguments) {
        return ChildProcess.start(
                new ChildProcess.Command(EmailWorkerApplication.class, arguments.toArray(String[]::new))
                        .jvm("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    @Test
    void endsWhileItsDatabaseIsAway() {
        List<String> arguments = worker.arguments("--spring.datasource.hikari.connection-timeout=1000");
        arguments.replaceAll(argument -> argument.startsWith("--spring.datasource.url=")
                ? "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/away"
                : argument);
        try (ChildProcess waiting = start(arguments)) {
            waiting.awaitLine("waiting for the database", WorkerUnderTest.WAIT);

            waiting.terminate(END);
            assertThat(waiting.isAlive()).isFalse();
        }
    }

    @Test
    void endsWhileItsBrokerIsAway() {
        List<String> arguments = worker.arguments();
        arguments.replaceAll(argument -> argument.startsWith("--spring.kafka.bootstrap-servers=")
                ? "--spring.kafka.bootstrap-servers=127.0.0.1:1"
                : argument);
        try (ChildProcess waiting = start(arguments)) {
            waiting.awaitLine("waiting for the Kafka broker", WorkerUnderTest.WAIT);

            waiting.terminate(END);
            assertThat(waiting.isAlive()).isFalse();
        }
    }
}
