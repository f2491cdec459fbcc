package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.testsupport.ChildProcess;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker is killed between the hand-off and the moment when it knows how that ended. */
class KilledWorkerTest {

    private static final int SESSIONS = 2;
    private static final int MAILS = 12;

    private final FakeRelay fake = FakeRelay.start();
    private final WorkerUnderTest worker = new WorkerUnderTest();

    @AfterEach
    void close() {
        fake.close();
    }

    private ChildProcess start() {
        List<String> arguments =
                worker.arguments(WorkerUnderTest.towards(fake.port(), "--carillon.email.smtp.pool.size=" + SESSIONS));
        return ChildProcess.start(
                new ChildProcess.Command(EmailWorkerApplication.class, arguments.toArray(String[]::new))
                        .jvm("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    private static Delivery mail(int number) {
        String recipient = "r" + number;
        return Deliveries.single(
                recipient,
                "e1",
                Deliveries.address(recipient + "@example.org", null, null),
                Deliveries.content("Hello", null, null));
    }

    @Test
    void atMostWhatWasInFlightIsSentTwiceAndNothingIsLost() throws Exception {
        fake.whenever(On.CONTENT, recipient -> true, Reaction.stall());
        worker.createTopic();
        IntStream.range(0, MAILS).mapToObj(KilledWorkerTest::mail).forEach(worker::send);
        Set<String> inFlight;
        try (ChildProcess first = start()) {
            await().atMost(WorkerUnderTest.WAIT).until(() -> fake.received().size() == SESSIONS);
            first.kill();
            inFlight = new HashSet<>(recipients());
        }
        assertThat(inFlight).hasSize(SESSIONS);
        fake.behave();
        endLeases();

        try (ChildProcess _ = start()) {
            await().atMost(WorkerUnderTest.WAIT)
                    .until(() -> Set.copyOf(recipients()).size() == MAILS);
            IntStream.range(0, MAILS)
                    .mapToObj(KilledWorkerTest::mail)
                    .forEach(mail -> worker.outcomes(
                            mail, all -> all.stream().anyMatch(one -> one.state() == OutcomeState.SENT)));
        }

        Map<String, Set<String>> messageIds = fake.received().stream()
                .collect(Collectors.groupingBy(
                        FakeRelay.Received::recipient,
                        Collectors.mapping(KilledWorkerTest::messageId, Collectors.toSet())));
        assertThat(messageIds)
                .hasSize(MAILS)
                .allSatisfy((recipient, ids) -> assertThat(ids).hasSize(1));
        assertThat(fake.received()).hasSizeLessThanOrEqualTo(MAILS + SESSIONS);
        assertThat(recipients().stream().filter(recipient -> !inFlight.contains(recipient)))
                .doesNotHaveDuplicates();
    }

    private List<String> recipients() {
        return fake.received().stream().map(FakeRelay.Received::recipient).toList();
    }

    private void endLeases() throws SQLException {
        try (Connection connection = worker.connect();
                var statement = connection.createStatement()) {
            int ended = statement.executeUpdate(
                    "update email.ledger set lease_until = now() - interval '1 second' where state = 'claimed'");
            assertThat(ended).isGreaterThanOrEqualTo(SESSIONS);
        }
    }

    private static String messageId(FakeRelay.Received mail) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
