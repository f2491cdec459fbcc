package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TcpTableTest {
    /**
     * What Linux says on a machine that puts the lowest byte first. By number: 0 is acknowledged, 1 takes nothing for the
     * time being and says so, 2 is gone without a word since half a minute, 3 is closed already and sent again, 4 listens,
     * 5 was sent something just now.
     */
    private static final String TCP = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0109090A:C1CB 0109090A:9A18 01 00000000:00000000 00:00000000 00000000     0        0 11 1
               1: 0109090A:C1CB 0109090A:9A19 01 0039B600:00000000 04:00000925 00000000     0        0 12 1
               2: 0109090A:C1CB 0909090A:C0A3 01 00000008:00000000 01:000008D8 00000007     0        0 13 1
               3: 0109090A:C1CB 0909090A:C0A4 04 00000008:00000000 01:000008D8 00000007     0        0 14 1
               4: 0109090A:C1CB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 15 1
               5: 0109090A:C1CB 0909090A:C0A7 01 00000008:00000000 01:00000014 00000000     0        0 16 1
            """;

    private static final String TCP6 = """
              sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt
               0: 0000000000000000FFFF00000109090A:1F90 0000000000000000FFFF0000FE09090A:C0A5 01 00000008:00000000 01:000008D8 0000000A
               1: B80D0120000000000000000001000000:1F90 B80D0120000000000000000002000000:C0A6 01 00000008:00000000 01:000008D8 00000001
            """;

    @Test
    void tellsWhoAcknowledgesNothing(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("tcp"), TCP);
        Files.writeString(directory.resolve("tcp6"), TCP6);

        assertThat(new TcpTable(directory).unacknowledged())
                .containsExactlyInAnyOrder(
                        connection("10.9.9.1", 49_611, "10.9.9.9", 49_315),
                        connection("10.9.9.1", 8080, "10.9.9.254", 49_317),
                        connection("2001:db8::1", 8080, "2001:db8::2", 49_318));
    }

    @Test
    void aSystemWithoutTheTablesTellsOfNobody(@TempDir Path directory) {
        assertThat(new TcpTable(directory).unacknowledged()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theTablesOfThisProcessHaveItsConnections() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            TcpConnection connection =
                    new TcpConnection((InetSocketAddress) accepted.getLocalSocketAddress(), (InetSocketAddress)
                            accepted.getRemoteSocketAddress());

            assertThat(TcpTable.own().open())
                    .contains(
                            connection,
                            new TcpConnection(/* local= */ connection.remote(), /* remote= */ connection.local()));
            assertThat(client.getLocalPort()).isEqualTo(connection.remote().getPort());
            assertThat(TcpTable.own().unacknowledged()).doesNotContain(connection);
        }
    }

    private static TcpConnection connection(String local, int localPort, String remote, int remotePort) {
        return new TcpConnection(
                new InetSocketAddress(InetAddress.ofLiteral(local), localPort),
                new InetSocketAddress(InetAddress.ofLiteral(remote), remotePort));
    }
}
