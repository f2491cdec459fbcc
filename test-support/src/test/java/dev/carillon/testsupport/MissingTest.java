package dev.carillon.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class MissingTest {

    @Test
    void skipsOrFailsWhereSomethingIsMissing() {
        assertThatCode(() -> Missing.unless(true, "no harp", true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Missing.unless(false, "no harp", false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no harp");
        assertThatThrownBy(() -> Missing.unless(false, "no harp", true))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("no harp");
    }

    @Test
    void knowsWhetherAProgramStarts() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(Missing.starts(java)).isTrue();
        assertThat(Missing.starts(java + "-harp")).isFalse();
    }

    @Test
    void continuousIntegrationHasEveryToolAndSkipsNothing() throws IOException {
        assertThat(Files.readAllLines(Path.of("..", ".ci", "run")))
                .contains("mvn -B -ntp verify -D" + Missing.SKIP_NOTHING + "=true")
                .contains("command -v chromium >/dev/null || missing+=(chromium)")
                .contains("command -v node >/dev/null || missing+=(nodejs)")
                .contains("command -v npm >/dev/null || missing+=(npm)");
    }
}
