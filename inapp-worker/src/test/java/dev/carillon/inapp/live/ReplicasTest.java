package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.SseClient;
import dev.carillon.inapp.WsClient;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TestDatabase database = TestInfrastructure.freshDatabase();
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());

    @Test
    void clientsOfAReplicaThatStopsGoOnWithAnotherWhereTheyWere() {
        try (InappWorker staying = InappWorker.start(database, prefix);
                SseClient phone = SseClient.open(staying, "ada", null).awaitConnected()) {
            String lastId;
            String ticket;
            // A stop that waited for its streams would take all of this.
            InappWorker stopping =
                    InappWorker.start(database, prefix, "spring.lifecycle.timeout-per-shutdown-phase=5m");
            try (stopping;
                    SseClient desk = SseClient.open(stopping, "ada", null).awaitConnected();
                    WsClient socket = WsClient.open(stopping.uri("/api/v1/notifications/ws"), stopping.token("ada"))
                            .awaitConnected()) {
                deliver(1, "one");
                desk.await(client -> client.titles().contains("one"));
                phone.await(client -> client.titles().contains("one"));
                lastId = desk.lastId();
                ticket = stopping.call("ada", "POST", "stream-ticket")
                        .json()
                        .get("ticket")
                        .asString();

                long began = System.nanoTime();
                stopping.close();

                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(2));
                desk.await(SseClient::ended);
                var close = desk.events("close").getFirst().data();
                assertThat(close.get("reason").asString()).isEqualTo("shutdown");
                assertThat(close.get("retry_after_ms").asLong())
                        .isBetween(1L, 5_000L)
                        .isEqualTo(desk.retryMillis());
                socket.await(client -> client.closed() != 0);
                assertThat(socket.data("close").getFirst().get("reason").asString())
                        .isEqualTo("shutdown");
            }
            deliver(2, "two");
            phone.await(client -> client.titles().contains("two"));

            try (SseClient desk = SseClient.open(staying, "ada", lastId)) {
                desk.await(client -> client.titles().contains("two"));
                assertThat(desk.titles()).containsExactly("two");
            }
            String path = "/api/v1/notifications/stream?ticket=" + ticket;
            try (SseClient byTicket = SseClient.open(staying.uri(path))) {
                byTicket.awaitConnected();
            }
        }
    }

    /** What a restarted replica has in memory is what the topic has. */
    @Test
    void aClientResumesAfterItsOnlyReplicaWasRestarted() {
        String lastId;
        try (InappWorker before = InappWorker.start(database, prefix);
                SseClient client = SseClient.open(before, "ada", null).awaitConnected()) {
            deliver(1, "one");
            client.await(c -> c.titles().contains("one"));
            deliver(2, "two");
            client.await(c -> c.titles().contains("two"));
            lastId = client.events("notification").getFirst().id();
        }
        deliver(3, "three");
        try (InappWorker after = InappWorker.start(database, prefix);
                SseClient client = SseClient.open(after, "ada", lastId)) {
            client.await(c -> c.titles().contains("three"));
            assertThat(client.titles()).containsExactly("two", "three");
            assertThat(client.events("reload")).isEmpty();
        }
    }

    private void deliver(int second, String title) {
        Deliveries.route(probe, topics, Deliveries.of("ada", title, second, title));
    }
}
