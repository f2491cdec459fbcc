package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.testsupport.ChildProcess;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A relay that takes its time for every mail, and more mails at once than it lets in. */
class SlowRelayTest {

    /** The last ones wait for longer than the half of the send limit that they may. */
    @Test
    void nobodysAttemptIsUsedUpByWaitingForASession() {
        WorkerUnderTest worker = new WorkerUnderTest();
        worker.createTopic();
        List<Delivery> deliveries =
                IntStream.range(0, 12).mapToObj(SlowRelayTest::delivery).toList();
        deliveries.forEach(worker::send);
        try (FakeRelay slow =
                FakeRelay.start().whenever(On.CONTENT, content -> true, Reaction.hesitate(Duration.ofSeconds(1)))) {
            List<String> arguments =
                    worker.arguments(WorkerUnderTest.towards(slow.port(), "--carillon.email.smtp.pool.size=2"));
            try (var running = CarillonService.application(EmailWorkerApplication.class, 0)
                    .run(arguments.toArray(String[]::new))) {
                for (Delivery delivery : deliveries) {
                    assertThat(worker.outcomes(delivery, SlowRelayTest::sent))
                            .extracting(ChannelOutcome::state)
                            .containsExactly(OutcomeState.SENT);
                }
                assertThat(running.isRunning()).isTrue();
            }
        }
    }

    /** The backlog would take four hours at the slow relay's pace. */
    @Test
    void theBacklogOfOneRelayDelaysNobodyElses() {
        WorkerUnderTest worker = new WorkerUnderTest();
        worker.createTopic();
        int backlog = 3_000;
        worker.sendAll(
                IntStream.range(0, backlog).mapToObj(SlowRelayTest::offer).toList());
        List<Delivery> others =
                IntStream.range(0, 20).mapToObj(SlowRelayTest::delivery).toList();
        worker.sendAll(others);
        try (FakeRelay slow = FakeRelay.start()
                        .whenever(On.CONTENT, content -> true, Reaction.hesitate(Duration.ofSeconds(5)));
                FakeRelay swift = FakeRelay.start()) {
            List<String> arguments = worker.arguments(WorkerUnderTest.towards(
                    swift.port(),
                    "--carillon.email.smtp.pool.size=1",
                    "--carillon.email.relays.offers.host=127.0.0.1",
                    "--carillon.email.relays.offers.port=" + slow.port(),
                    "--carillon.email.relays.offers.security=none",
                    "--carillon.email.relays.offers.pool.size=1",
                    "--carillon.email.relays.offers.types=offer"));
            try (var running = CarillonService.application(EmailWorkerApplication.class, 0)
                    .run(arguments.toArray(String[]::new))) {
                await().atMost(Duration.ofSeconds(40))
                        .until(() -> swift.received().size() == others.size());
                assertThat(slow.received()).hasSizeLessThan(20);
                assertThat(running.isRunning()).isTrue();
            }
        }
    }

    /** The relay takes a mail a second; what waits for it waits in its topics, and not compressed there. */
    @Test
    void aBacklogThatIsLargerThanTheHeapTakesNoMemory() {
        WorkerUnderTest worker = new WorkerUnderTest();
        worker.createTopic();
        String body = new Random(7)
                .ints(256_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        worker.sendAll(IntStream.range(0, 900)
                .mapToObj(number -> delivery("reader" + number, body))
                .toList());
        try (FakeRelay slow =
                FakeRelay.start().whenever(On.CONTENT, content -> true, Reaction.hesitate(Duration.ofSeconds(2)))) {
            List<String> arguments =
                    worker.arguments(WorkerUnderTest.towards(slow.port(), "--carillon.email.smtp.pool.size=2"));
            try (ChildProcess running = ChildProcess.start(new ChildProcess.Command(
                            EmailWorkerApplication.class, arguments.toArray(String[]::new))
                    .jvm("-Xmx224m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"))) {
                await().atMost(WorkerUnderTest.WAIT)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> !running.isAlive() || worker.hasReadAll());
                assertThat(running.isAlive())
                        .as(() -> String.join("\n", running.log()))
                        .isTrue();
                assertThat(slow.received()).isNotEmpty();
            }
        }
    }

    private static Delivery offer(int number) {
        String recipient = "buyer" + number;
        Delivery plain = Deliveries.single(
                recipient,
                "e1",
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.content("Half price", "body", null));
        return Deliveries.labelled(plain, "offer", null);
    }

    private static boolean sent(List<ChannelOutcome> outcomes) {
        return outcomes.stream().anyMatch(outcome -> outcome.state() == OutcomeState.SENT);
    }

    private static Delivery delivery(int number) {
        return delivery("reader" + number, "body");
    }

    private static Delivery delivery(String recipient, String body) {
        return Deliveries.single(
                recipient,
                "e1",
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.content("Hello", body, null));
    }
}
