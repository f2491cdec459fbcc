package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
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

    /** Its time is over when the broker is back, which then ends it among the first things it does. */
    @Test
    void aTransactionIsEndedThatWasOpenWhenTheBrokersProcessWasKilled() throws Exception {
        try (ChildServer child = ChildServer.start(BrokerMain.class, temp);
                KafkaProducer<String, String> producer =
                        BrokerClient.transactionalProducer(child.address(), Duration.ofSeconds(1))) {
            BrokerClient.createTopic(child.address(), "open");
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("open", "never committed")).get();
            child.kill();
            producer.close(Duration.ZERO);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(temp))) {
            BrokerClient.send(broker.bootstrapServers(), "open", "after");
            assertThat(BrokerClient.readCommitted(broker.bootstrapServers(), "open", 1))
                    .containsExactly("after");
        }
    }

    @Test
    void aTerminatedDatabaseProcessStopsItsServer() throws Exception {
        try (ChildServer child = ChildServer.start(DatabaseMain.class, temp)) {
            Postmaster server = Postmaster.of(new DatabaseFiles(temp).data()).orElseThrow();
            child.process().destroy();
            assertThat(child.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
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
