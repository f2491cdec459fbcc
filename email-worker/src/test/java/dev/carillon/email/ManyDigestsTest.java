package dev.carillon.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.smtp.Relays;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A morning's digests, one of which nobody takes: 2,000 of them, and 10,000 with {@code -Pguarantees}. */
class ManyDigestsTest {
    private static final int PER_RECIPIENT = 3;
    private static final int RECIPIENTS = (Integer.getInteger("carillon.test.digests", 2_000) - 1) / PER_RECIPIENT;
    /** All in flight can then be at the relay at once: none is sent away to wait, which keeps no order. */
    private static final String SESSIONS = "--carillon.email.smtp.pool.size=64";
    /** Of a worker with so many sessions, as its settings have it. */
    private static final int MOST_AT_ONCE = 512;

    private final WorkerUnderTest worker = new WorkerUnderTest();

    @Test
    void oneThatNobodyTakesIsADeadLetterAndAllOthersArriveOnceAndInOrder() {
        Delivery poison = digest("poison", 0);
        List<Delivery> fine = new ArrayList<>();
        for (int number = 0; number < PER_RECIPIENT; number++) {
            for (int recipient = 0; recipient < RECIPIENTS; recipient++) {
                fine.add(digest("reader" + recipient, number));
            }
        }
        worker.createTopic();
        worker.sendAll(Stream.concat(Stream.of(poison), fine.stream()).toList());
        try (FakeRelay relay = FakeRelay.start()
                        .whenever(On.RCPT, line -> line.contains("poison@"), Reaction.answer("550 5.7.1 not here"));
                ConfigurableApplicationContext running = CarillonService.application(EmailWorkerApplication.class, 0)
                        .run(worker.arguments(WorkerUnderTest.towards(relay.port(), SESSIONS))
                                .toArray(String[]::new))) {
            Relays relays = running.getBean(Relays.class);
            await().atMost(Duration.ofMinutes(2)).until(() -> !relay.received().isEmpty());
            List<String> members = worker.members();
            await().atMost(Duration.ofMinutes(15))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        assertThat(relays.states().getFirst().held()).isLessThanOrEqualTo(MOST_AT_ONCE);
                        return relay.received().size() >= fine.size();
                    });
            assertThat(worker.deadLetters("poison", 1))
                    .extracting(DeadLetter::reason, DeadLetter::detail)
                    .containsExactly(tuple("rejected", "550 5.7.1 not here"));
            assertThat(worker.outcomes(poison, all -> !all.isEmpty()))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome.state()).isEqualTo(OutcomeState.DEAD);
                        assertThat(outcome.reason()).isEqualTo(Reason.REJECTED);
                    });
            eachGotHersInOrder(relay.received());
            assertThat(members).isNotEmpty();
            assertThat(worker.members()).as("in its group as before").containsAll(members);
        }
    }

    private static void eachGotHersInOrder(List<FakeRelay.Received> mails) {
        List<String> expected = IntStream.range(0, PER_RECIPIENT)
                .mapToObj(ManyDigestsTest::subject)
                .toList();
        Map<String, List<String>> byRecipient = mails.stream()
                .collect(Collectors.groupingBy(
                        FakeRelay.Received::recipient,
                        Collectors.mapping(mail -> subjectOf(mail.content()), Collectors.toList())));
        assertThat(byRecipient)
                .hasSize(RECIPIENTS)
                .allSatisfy((recipient, subjects) ->
                        assertThat(subjects).as(recipient).isEqualTo(expected));
    }

    private static String subjectOf(String mail) {
        int start = mail.indexOf("\r\nSubject: ") + 11;
        return mail.substring(start, mail.indexOf("\r\n", start));
    }

    private static String subject(int number) {
        return "Digest " + number;
    }

    private static Delivery digest(String recipient, int number) {
        List<Notification> items = IntStream.range(0, 5)
                .mapToObj(i -> Deliveries.notification(
                        recipient, number + "/" + i, Deliveries.content("News " + i, "It happened.", null)))
                .toList();
        Content head = new Content("Five", subject(number), null, null, List.of(), null, List.of(), Map.of());
        return Deliveries.of(
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.notification(recipient, "head" + number, head),
                items,
                0);
    }
}
