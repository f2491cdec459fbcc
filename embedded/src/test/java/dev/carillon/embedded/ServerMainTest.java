package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerMainTest {

    @TempDir
    Path temp;

    @Test
    void theBrokerStartsAgainWithItsRecordsAfterItsProcessWasKilled() throws Exception {
        try (ChildServer child = ChildServer.start(BrokerMain.class, temp)) {
            BrokerClient.createTopic(child.address(), "kept");
            BrokerClient.send(child.address(), "kept", "acknowledged");
            child.kill();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(temp))) {
            assertThat(BrokerClient.read(broker.bootstrapServers(), "kept", 1)).containsExactly("acknowledged");
        }
    }

    @Test
    void aTerminatedDatabaseProcessStopsItsServer() throws Exception {
        try (ChildServer child = ChildServer.start(DatabaseMain.class, temp)) {
            Postmaster server = Postmaster.of(new DatabaseFiles(temp).data()).orElseThrow();
            child.process().destroy();
            assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void namesTheArgumentThatItDoesNotKnow() {
        assertThatThrownBy(() -> ServerMain.parse(new String[] {"--directroy", "x"}))
                .hasMessageContaining("--directroy");
        assertThatThrownBy(() -> ServerMain.parse(new String[] {"--port"})).hasMessageContaining("--port");
    }
}
