package dev.carillon.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.testsupport.ChildProcess.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

    private static final Duration WAIT = Duration.ofMinutes(2);

    @Test
    void startsWithArgumentsAndEnvironmentAndIsKilled() {
        Command command =
                new Command(Waiting.class, List.of("-Dgreeting=hello"), List.of("world"), Map.of("MARK", "!"));
        try (ChildProcess child = ChildProcess.start(command)) {
            assertThat(child.awaitLine("hello", WAIT)).isEqualTo("hello world!");
            child.freeze();
            child.thaw();
            child.kill();
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void showsTheLogOfAChildThatEndsTooEarly() {
        try (ChildProcess child = ChildProcess.start(new Command(Failing.class))) {
            assertThatThrownBy(() -> child.awaitLine("ready", WAIT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no such luck");
            assertThat(child.awaitExit(WAIT)).isEqualTo(3);
        }
    }

    static final class Waiting {
        public static void main(String[] args) throws InterruptedException {
            System.out.println(System.getProperty("greeting") + " " + args[0] + System.getenv("MARK"));
            new CountDownLatch(1).await();
        }
    }

    static final class Failing {
        public static void main(String[] args) {
            System.err.println("no such luck");
            System.exit(3);
        }
    }
}
