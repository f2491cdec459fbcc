package dev.carillon.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker beside a relay, from its topic to the mailbox; for its further themes it is the same one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmailWorkerTest implements UnsubscribeScenario, TrackingScenario, OperatorScenario {

    private final FakeRelay relay = FakeRelay.start();
    private final WorkerUnderTest worker = new WorkerUnderTest();
    private final ConfigurableApplicationContext running = CarillonService.application(EmailWorkerApplication.class, 0)
            .run(worker.arguments(WorkerUnderTest.towards(relay.port())).toArray(String[]::new));

    @AfterAll
    void stop() {
        running.close();
        relay.close();
    }

    @Override
    public FakeRelay relay() {
        return relay;
    }

    @Override
    public WorkerUnderTest worker() {
        return worker;
    }

    @Override
    public ConfigurableApplicationContext running() {
        return running;
    }

    private static Delivery to(String recipient) {
        return Deliveries.single(
                recipient,
                "e1",
                Deliveries.address(recipient + "@example.org", recipient, null),
                Deliveries.content("Hello " + recipient, "body", null));
    }

    @Test
    void deliversARecordAsAMailAndSaysSo() {
        Delivery ada = to("ada");
        worker.send(ada);

        assertThat(end(ada, OutcomeState.SENT).detail()).isEqualTo("250 2.0.0 queued");
        assertThat(mailsFor("ada"))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.content()).contains("Subject: Hello ada", "<" + ada.id() + "@carillon.test>"));
    }

    @Test
    void aRecordThatCameTwiceIsOneMail() {
        worker.send(to("twice"));
        worker.send(to("twice"));

        worker.outcomes(to("twice"), all -> all.size() >= 2);
        assertThat(mailsFor("twice")).hasSize(1);
    }

    @Test
    void whoeverIsDeferredWaitsWhileOthersAreServed() {
        AtomicBoolean grey = new AtomicBoolean(true);
        relay.whenever(
                On.RCPT,
                line -> line.contains("slow@") && grey.get(),
                Reaction.answer("451 4.7.1 greylisted, try again in 300 seconds"));
        worker.send(to("slow"));
        List<String> others = IntStream.range(0, 20).mapToObj(i -> "quick" + i).toList();
        others.forEach(other -> worker.send(to(other)));

        assertThat(end(to("slow"), OutcomeState.RETRYING).reason()).isEqualTo(Reason.RATE_LIMITED);
        await().atMost(WorkerUnderTest.WAIT)
                .until(() -> others.stream().noneMatch(other -> mailsFor(other).isEmpty()));
        grey.set(false);
        running.getBean(PipelineClock.class).advance(Duration.ofMinutes(5));

        assertThat(end(to("slow"), OutcomeState.SENT).attempt()).isGreaterThan(1);
        assertThat(mailsFor("slow")).hasSize(1);
    }

    @Test
    void whoIsRefusedForEverEndsAmongTheDeadLetters() {
        relay.whenever(On.RCPT, line -> line.contains("spam@"), Reaction.answer("550 5.7.1 not here"));
        worker.send(to("spam"));

        DeadLetter letter = worker.deadLetters("spam", 1).getFirst();
        assertThat(letter.reason()).isEqualTo("rejected");
        assertThat(letter.detail()).isEqualTo("550 5.7.1 not here");
        assertThat(end(to("spam"), OutcomeState.DEAD).reason()).isEqualTo(Reason.REJECTED);
    }

    @Test
    void whoIsNeverWantedExhaustsTheTiers() {
        relay.whenever(On.RCPT, line -> line.contains("full@"), Reaction.answer("450 4.2.2 full"));
        worker.send(to("full"));

        assertThat(worker.deadLetters("full", 1).getFirst().reason()).isEqualTo("attempts_exhausted");
        assertThat(end(to("full"), OutcomeState.DEAD).attempt()).isEqualTo(3);
    }

    @Test
    void aPoisonRecordIsADeadLetterAndStopsNobody() {
        worker.send("poisoned", "{\"not\":\"a delivery\"".getBytes(UTF_8));
        worker.send("poisoned", "{}".getBytes(UTF_8));
        worker.send(to("poisoned"));

        assertThat(worker.deadLetters("poisoned", 2))
                .allMatch(letter -> letter.reason().equals("malformed"));
        end(to("poisoned"), OutcomeState.SENT);
    }

    @Test
    void whatWasNeverCommittedIsNeverSent() {
        worker.sendAndAbort(to("ghost"));
        worker.send(to("ghost2"));

        end(to("ghost2"), OutcomeState.SENT);
        assertThat(mailsFor("ghost")).isEmpty();
    }

    @Test
    void aRecipientWithoutAddressIsSkipped() {
        Delivery nowhere = Deliveries.single(
                "nowhere", "e1", Deliveries.address(null, null, null), Deliveries.content("Hello", null, null));
        worker.send(nowhere.asFollowed());

        assertThat(end(nowhere, OutcomeState.SKIPPED).reason()).isEqualTo(Reason.NO_ADDRESS);
        assertThat(ended("nowhere", 1).reason()).isEqualTo(Reason.NO_ADDRESS);
    }
}
