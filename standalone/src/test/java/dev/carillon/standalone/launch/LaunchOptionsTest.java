package dev.carillon.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchOptionsTest {

    @Test
    void keepsItsDataBesideAndListensOnThisMachineOnly() {
        LaunchOptions options = LaunchOptions.parse();
        assertThat(options.data()).isEqualTo(Path.of(".carillon"));
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.demo()).isNull();
    }

    @Test
    void takesEveryOption() {
        LaunchOptions options =
                LaunchOptions.parse("--data", "here", "--port=9000", "--host", "0.0.0.0", "--demo", "--carillon.a=b c");
        assertThat(options.data()).isEqualTo(Path.of("here"));
        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.host()).isEqualTo("0.0.0.0");
        assertThat(options.demo()).isTrue();
        assertThat(options.properties()).containsExactly("--carillon.a=b c");
        assertThat(LaunchOptions.parse("--ephemeral").data()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "--port 1,START",
        "--help,HELP",
        "-h,HELP",
        "--version,VERSION",
        "vapid,VAPID",
        "servers,SERVERS",
        "vapid --data x,VAPID"
    })
    void knowsWhatIsAskedFor(String line, LaunchOptions.Task task) {
        assertThat(LaunchOptions.parse(line.split(" ")).task()).isEqualTo(task);
    }

    @ParameterizedTest
    @CsvSource({
        "--prot,--prot",
        "--port -1,--port",
        "--port 65536,--port",
        "--port http,--port",
        "--port,--port needs a value",
        "--data --ephemeral,--data needs a value",
        "--data x --ephemeral,--ephemeral",
        "start,start"
    })
    void namesTheOptionThatIsWrong(String line, String named) {
        assertThatThrownBy(() -> LaunchOptions.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
