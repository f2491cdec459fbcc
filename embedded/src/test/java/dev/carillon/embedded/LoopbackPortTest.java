package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StartRefusedException refusal =
                    catchThrowableOfType(StartRefusedException.class, () -> LoopbackPort.choose(taken.getLocalPort()));
            assertThat(refusal.reason()).isEqualTo(Reason.PORT_IN_USE);
            assertThat(refusal).hasMessageContaining("Port " + taken.getLocalPort() + " on 127.0.0.1");
        }
    }

    @Test
    void findsAFreePortForZero() {
        LoopbackPort.requireFree(LoopbackPort.ADDRESS, LoopbackPort.choose(0));
    }
}
