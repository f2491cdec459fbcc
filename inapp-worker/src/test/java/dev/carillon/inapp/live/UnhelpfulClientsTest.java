package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.SseClient;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Clients that take nothing, or do not go when they are told to. No heartbeat comes while it runs. */
@TestInstance(Lifecycle.PER_CLASS)
class UnhelpfulClientsTest {
    /** More than the operating system takes for a client that reads nothing, in events of 60 kB. */
    private static final int ENOUGH = 5_000;

    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker = InappWorker.start(
            TestInfrastructure.freshDatabase(),
            prefix,
            "carillon.inapp.live.heartbeat=10m",
            "carillon.inapp.live.time-to-authenticate=1s");

    @AfterAll
    void stop() {
        worker.close();
    }

    @Test
    void whoReadsNothingIsToldWhyItEndsAndResumes() throws IOException {
        URI uri = worker.uri("/api/v1/notifications/stream");
        List<String> lines = new ArrayList<>();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write(request(uri).getBytes(StandardCharsets.US_ASCII));
            readUntilConnected(reader, lines);
            fill();
            reader.lines().forEach(lines::add);
        }
        assertThat(lines).contains("event: close").anyMatch(line -> line.contains("\"slow_reader\""));
        Deliveries.route(probe, InappWorker.topics(prefix), Deliveries.of("ada", "ada", 1, "meanwhile"));

        try (SseClient again = SseClient.open(worker, "ada", lastId(lines))) {
            again.await(client -> client.titles().contains("meanwhile"));
            assertThat(again.events("reload")).isEmpty();
        }
    }

    @Test
    void aWebSocketOfNobodyThatDoesNotEndItsSideIsCut() throws IOException {
        try (MuteWebSocket mute = MuteWebSocket.open(worker.uri("/api/v1/notifications/ws"), null)) {
            mute.readUntil("did not come in time");
            mute.readToItsEnd();
        }
    }

    private String request(URI uri) {
        return "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nAuthorization: Bearer "
                + worker.token("ada") + "\r\n\r\n";
    }

    private static void readUntilConnected(BufferedReader reader, List<String> lines) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.equals("event: connected")) {
                return;
            }
        }
        throw new IOException("the stream ended before it began");
    }

    private void fill() {
        LiveServer live = worker.bean(LiveServer.class);
        LiveSession session = live.sessions().of("ada")[0];
        LiveEvent large = LiveEvents.updated("x".repeat(60_000));
        for (int i = 0; i < ENOUGH && !session.isClosing(); i++) {
            live.streams().tell(session, large);
        }
        await().until(session::isClosing);
    }

    private static String lastId(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .reduce((one, later) -> later)
                .orElseThrow();
    }
}
