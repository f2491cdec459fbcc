package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir
    Path temp;

    @Test
    void keepsAcknowledgedRecordsOverARestart() throws Exception {
        BrokerSettings settings = BrokerSettings.in(temp);
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            BrokerClient.createTopic(broker.bootstrapServers(), "kept");
            BrokerClient.send(broker.bootstrapServers(), "kept", "before");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            BrokerClient.send(broker.bootstrapServers(), "kept", "after");
            assertThat(BrokerClient.read(broker.bootstrapServers(), "kept", 2)).containsExactly("before", "after");
        }
    }

    @Test
    void stopsAndStartsAgainOnTheSamePortWithItsTemporaryData() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary());
        try (broker) {
            BrokerClient.createTopic(broker.bootstrapServers(), "kept");
            BrokerClient.send(broker.bootstrapServers(), "kept", "before");
            int port = broker.port();
            broker.stop();
            LoopbackPort.requireFree(LoopbackPort.ADDRESS, port);
            broker.start();
            assertThat(broker.port()).isEqualTo(port);
            assertThat(BrokerClient.read(broker.bootstrapServers(), "kept", 1)).containsExactly("before");
        }
    }

    @Test
    void createsNoTopicThatNobodyDeclared() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary())) {
            assertThat(BrokerClient.configuration(broker.bootstrapServers()))
                    .containsEntry("auto.create.topics.enable", "false")
                    .containsEntry("broker.session.timeout.ms", "3600000");
        }
    }

    @Test
    void takesOverrides() throws Exception {
        BrokerSettings settings = new BrokerSettings(temp, 0, Map.of("log.retention.hours", "7"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            assertThat(BrokerClient.configuration(broker.bootstrapServers())).containsEntry("log.retention.hours", "7");
        }
    }

    @Test
    void sendsClientsOfAListenerToWhereItIsAdvertised() throws Exception {
        int port = LoopbackPort.choose(0);
        BrokerListener listener = new BrokerListener("P1", port, port);
        BrokerSettings settings = new BrokerSettings(temp, 0, Map.of(), List.of(listener), null);
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            assertThat(BrokerClient.advertisedPorts("127.0.0.1:" + port)).containsExactly(port);
            assertThat(BrokerClient.advertisedPorts(broker.bootstrapServers())).containsExactly(broker.port());
        }
    }

    @Test
    void refusesADirectoryInUse() {
        try (EmbeddedBroker running = EmbeddedBroker.start(BrokerSettings.in(temp))) {
            assertThat(running.port()).isPositive();
            assertThat(refusal(BrokerSettings.in(temp)).reason()).isEqualTo(Reason.IN_USE);
        }
    }

    @Test
    void refusesAPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LoopbackPort.ADDRESS)) {
            BrokerSettings settings = BrokerSettings.in(temp).onPort(taken.getLocalPort());
            assertThat(refusal(settings).reason()).isEqualTo(Reason.PORT_IN_USE);
        }
    }

    @Test
    void refusesADirectoryOfANewerVersion() {
        DataDirectory.open(temp, EmbeddedBroker.FORMAT + 1).close();
        assertThat(refusal(BrokerSettings.in(temp)).reason()).isEqualTo(Reason.NEWER_VERSION);
    }

    @Test
    void saysInOneSentenceWhyABrokenDirectoryDoesNotStart() throws Exception {
        EmbeddedBroker.start(BrokerSettings.in(temp)).close();
        Files.writeString(temp.resolve("log/meta.properties"), "version=1\nnode.id=2\ncluster.id=other\n");
        StartRefusedException refusal = refusal(BrokerSettings.in(temp));
        assertThat(refusal.reason()).isEqualTo(Reason.FAILED);
        assertThat(refusal.getMessage().lines()).hasSize(1);
        assertThat(refusal).hasMessageContaining(temp.toString());
    }

    @Test
    void listensOnTheLoopbackOnly() throws SocketException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary())) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            for (InetAddress other : otherAddresses()) {
                LoopbackPort.requireFree(other, broker.port());
            }
        }
    }

    private static List<InetAddress> otherAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address instanceof Inet4Address)
                .toList();
    }

    private static StartRefusedException refusal(BrokerSettings settings) {
        return catchThrowableOfType(
                StartRefusedException.class,
                () -> EmbeddedBroker.start(settings).close());
    }
}
