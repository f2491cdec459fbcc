package dev.carillon.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportsTest {

    @Test
    void aShellReadsWhatIsWrittenWhateverIsInIt() throws IOException {
        String value = "jdbc:postgresql://127.0.0.1/x?a=b&c='$(id)' `id` \\ \"";
        String script = Exports.of(Map.of("spring.datasource.url", value, "a.b-c", "d"))
                + "printf %s \"$SPRING_DATASOURCE_URL $A_B_C\"";
        Process shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(value + " d");
    }
}
