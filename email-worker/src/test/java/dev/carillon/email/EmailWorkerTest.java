package dev.carillon.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.smtp.FakeRelay;
import dev.carillon.email.smtp.FakeRelay.On;
import dev.carillon.email.smtp.Reaction;
import dev.carillon.platform.service.CarillonService;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class EmailWorkerTest {

    private final FakeRelay fake = FakeRelay.start();
    private final WorkerUnderTest worker = new WorkerUnderTest();
    private @Nullable ConfigurableApplicationContext running;

    private ConfigurableApplicationContext start(String... settings) {
        ConfigurableApplicationContext context = CarillonService.application(EmailWorkerApplication.class, 0)
                .run(worker.arguments(settings).toArray(String[]::new));
        running = context;
        return context;
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
        fake.close();
    }

    private static Delivery to(String recipient) {
        return Deliveries.single(
                recipient,
                "e1",
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.content("Hello " + recipient, "body", null));
    }

    private List<String> reached() {
        return fake.received().stream().map(FakeRelay.Received::recipient).toList();
    }

    private ChannelOutcome end(Delivery delivery, OutcomeState state) {
        return worker.outcomes(delivery, all -> all.stream().anyMatch(outcome -> outcome.state() == state)).stream()
                .filter(outcome -> outcome.state() == state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deliversARecordAsAMailAndSaysSo() {
        start(WorkerUnderTest.towards(fake.port()));
        Delivery ada = to("ada");
        worker.send(ada);

        assertThat(end(ada, OutcomeState.SENT).detail()).isEqualTo("250 2.0.0 queued");
        assertThat(fake.received())
                .hasSize(1)
                .first()
                .satisfies(mail ->
                        assertThat(mail.content()).contains("Subject: Hello ada", "<" + ada.id() + "@carillon.test>"));
    }

    @Test
    void aRecordThatCameTwiceIsOneMail() {
        start(WorkerUnderTest.towards(fake.port()));
        worker.send(to("ada"));
        worker.send(to("ada"));
        worker.send(to("bob"));

        worker.outcomes(to("ada"), all -> all.size() >= 2);
        end(to("bob"), OutcomeState.SENT);
        assertThat(reached()).containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
    }

    @Test
    void whoeverIsDeferredWaitsWhileOthersAreServed() {
        fake.whenever(On.RCPT, line -> line.contains("slow@"), Reaction.answer("451 4.7.1 greylisted"));
        start(WorkerUnderTest.towards(fake.port()));
        worker.send(to("slow"));
        List<Delivery> others =
                IntStream.range(0, 20).mapToObj(i -> to("quick" + i)).toList();
        others.forEach(worker::send);

        await().atMost(WorkerUnderTest.WAIT).until(() -> reached().size() == others.size());
        fake.behave();
        assertThat(end(to("slow"), OutcomeState.RETRYING).reason()).isEqualTo(Reason.RATE_LIMITED);

        ChannelOutcome sent = end(to("slow"), OutcomeState.SENT);
        assertThat(sent.attempt()).isGreaterThan(1);
        assertThat(reached()).contains("slow@example.org").hasSize(21);
    }

    @Test
    void whoIsRefusedForEverEndsAmongTheDeadLetters() {
        fake.whenever(On.RCPT, line -> line.contains("spam@"), Reaction.answer("550 5.7.1 not here"));
        start(WorkerUnderTest.towards(fake.port()));
        worker.send(to("spam"));

        DeadLetter letter = worker.deadLetters(1).getFirst();
        assertThat(letter.reason()).isEqualTo("rejected");
        assertThat(letter.detail()).isEqualTo("550 5.7.1 not here");
        assertThat(end(to("spam"), OutcomeState.DEAD).reason()).isEqualTo(Reason.REJECTED);
    }

    @Test
    void aRelayThatNeverWantsItExhaustsTheTiers() {
        fake.whenever(On.RCPT, line -> true, Reaction.answer("450 4.2.2 full"));
        start(WorkerUnderTest.towards(fake.port()));
        worker.send(to("ada"));

        assertThat(worker.deadLetters(1).getFirst().reason()).isEqualTo("attempts_exhausted");
        assertThat(end(to("ada"), OutcomeState.DEAD).attempt()).isEqualTo(3);
    }

    @Test
    void aPoisonRecordIsADeadLetterAndStopsNobody() {
        start(WorkerUnderTest.towards(fake.port()));
        worker.send("ada", "{\"not\":\"a delivery\"".getBytes(UTF_8));
        worker.send("ada", "{}".getBytes(UTF_8));
        worker.send(to("ada"));

        assertThat(worker.deadLetters(2)).allMatch(letter -> letter.reason().equals("malformed"));
        end(to("ada"), OutcomeState.SENT);
    }

    @Test
    void whatWasNeverCommittedIsNeverSent() {
        start(WorkerUnderTest.towards(fake.port()));
        worker.sendAndAbort(to("ghost"));
        worker.send(to("ghost2"));

        end(to("ghost2"), OutcomeState.SENT);
        assertThat(reached()).containsExactly("ghost2@example.org");
    }

    @Test
    void aRecipientWithoutAddressIsSkipped() {
        start(WorkerUnderTest.towards(fake.port()));
        Delivery nowhere = Deliveries.single(
                "ada", "e1", Deliveries.address(null, null, null), Deliveries.content("Hello", null, null));
        worker.send(nowhere);

        assertThat(end(nowhere, OutcomeState.SKIPPED).reason()).isEqualTo(Reason.NO_ADDRESS);
    }

    @Test
    void withoutARelayTheChannelIsOffAndTheServiceIsWell() throws Exception {
        ConfigurableApplicationContext context = start();
        worker.send(to("ada"));

        assertThat(end(to("ada"), OutcomeState.SKIPPED).reason()).isEqualTo(Reason.CHANNEL_NOT_CONFIGURED);
        assertThat(health(context, "readiness").statusCode()).isEqualTo(200);
        assertThat(health(context, "liveness").body()).contains("UP");
    }

    @Test
    void aMailWaitsForARelayThatIsAway() throws Exception {
        int port = fake.port();
        fake.close();
        start(WorkerUnderTest.towards(port));
        worker.send(to("ada"));
        assertThat(end(to("ada"), OutcomeState.RETRYING).reason()).isEqualTo(Reason.CONNECTION_FAILED);

        try (FakeRelay back = FakeRelay.startAt(port)) {
            await().atMost(WorkerUnderTest.WAIT).until(() -> back.received().size() == 1);
        }
    }

    private static HttpResponse<String> health(ConfigurableApplicationContext context, String probe)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        URI address = URI.create("http://127.0.0.1:" + port + "/actuator/health/" + probe);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
