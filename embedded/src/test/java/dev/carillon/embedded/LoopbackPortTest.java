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
            assertThat(refusal)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " on 127.0.0.1")
                    .hasMessageContaining("another port with --port");
        }
    }

    /** An address for documentation (RFC 5737), which no machine has. */
    @Test
    void refusesAnAddressThatThisMachineDoesNotHave() {
        StartRefusedException refusal = catchThrowableOfType(
                StartRefusedException.class,
                () -> LoopbackPort.requireFree(InetAddress.ofLiteral("192.0.2.1"), 18_099));
        assertThat(refusal.reason()).isEqualTo(Reason.NO_SUCH_ADDRESS);
        assertThat(refusal)
                .hasMessageStartingWith("192.0.2.1 is no address of this machine")
                .hasMessageContaining("--host");
    }

    @Test
    void findsAFreePortForZero() {
        LoopbackPort.requireFree(LoopbackPort.ADDRESS, LoopbackPort.choose(0));
    }
}
