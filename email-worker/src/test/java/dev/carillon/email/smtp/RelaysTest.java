package dev.carillon.email.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.smtp.RelaySettings.Pool;
import dev.carillon.email.smtp.RelaySettings.Security;
import dev.carillon.email.smtp.RelaySettings.Timeouts;
import dev.carillon.platform.delivery.WorkerSettings;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.schemas.Lane;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A default relay and one named bulk, which takes the type offer and the category news. */
class RelaysTest {
    private static final byte[] MESSAGE = "Subject: hello\r\n\r\nworld\r\n".getBytes(US_ASCII);
    private static final WorkerSettings WORKER = new WorkerSettings(1, 24, 16, 500, Duration.ofSeconds(10));

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final FakeRelay main = FakeRelay.start();
    private final FakeRelay bulk = FakeRelay.start();
    private @Nullable Relays relays;

    @AfterEach
    void close() {
        if (relays != null) {
            relays.close();
        }
        main.close();
        bulk.close();
    }

    static RelaySettings settings(
            FakeRelay fake, @Nullable String rate, List<String> failOver, List<String> types, List<String> categories) {
        return new RelaySettings(
                "127.0.0.1",
                fake.port(),
                Security.NONE,
                null,
                null,
                "test.example",
                null,
                new Pool(2, 500, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(10)),
                new Timeouts(Duration.ofSeconds(9), Duration.ofSeconds(9), Duration.ofSeconds(9)),
                rate,
                failOver,
                types,
                categories);
    }

    private Relays open(List<String> failOver, @Nullable String rate, String... domainLimits) {
        RelaySettings named = settings(bulk, rate, failOver, List.of("offer"), List.of("news"));
        Relays opened = new Relays(
                settings(main, null, List.of(), List.of(), List.of()),
                new RelaysSettings(Map.of("bulk", named), List.of(domainLimits)),
                WORKER,
                clock);
        relays = opened;
        return opened;
    }

    private static Relays.Mail offer() {
        return new Relays.Mail("offer", null, Lane.DIRECT, false);
    }

    private static Relays.Mail other() {
        return new Relays.Mail("invoice", null, Lane.DIRECT, false);
    }

    private static SmtpResult send(Relays through, Relays.Mail mail) throws InterruptedException {
        MailAddress ada = MailAddress.parse("ada@example.org");
        Admission admission = through.enter(mail, ada);
        assertThat(admission).isInstanceOf(Admitted.class);
        try (Admitted admitted = (Admitted) admission) {
            Envelope envelope = new Envelope(MailAddress.parse("no-reply@carillon.test"), ada, null);
            return admitted.send(envelope, MESSAGE, () -> true);
        }
    }

    private static @Nullable Instant later(Relays through, Relays.Mail mail, String recipient)
            throws InterruptedException {
        return later(through, mail, recipient, true);
    }

    private static @Nullable Instant later(Relays through, Relays.Mail mail, String recipient, boolean leaves)
            throws InterruptedException {
        return switch (through.enter(mail, MailAddress.parse(recipient))) {
            case Admission.Later later -> later.notBefore();
            case Admitted admitted -> {
                if (leaves) {
                    admitted.close();
                }
                yield null;
            }
        };
    }

    @Test
    void theTypeChoosesBeforeTheCategoryAndTheDefaultTakesTheRest() throws Exception {
        Relays two = open(List.of(), null);

        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(send(two, new Relays.Mail(null, "news", Lane.BULK, false))).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(bulk.received()).hasSize(2);
        assertThat(send(two, other())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(send(two, new Relays.Mail(null, null, Lane.DIRECT, false))).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(main.received()).hasSize(2);
    }

    @Test
    void theNextRelayTakesAMailInTheSameAttemptWhereOneRefusesConnections() throws Exception {
        bulk.close();
        Relays two = open(List.of("default"), null);

        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(main.received()).hasSize(1);
    }

    @Test
    void aRelayThatClosesForNowLeavesItsMailToTheNextAndOneThatHasSpokenOfTheMailDoesNot() throws Exception {
        Relays two = open(List.of("default"), null);
        bulk.next(On.MAIL, Reaction.answerAndDrop("421 4.3.2 shutting down"));
        bulk.next(On.RCPT, Reaction.answer("451 4.7.1 greylisted"), Reaction.answer("550 5.1.1 no such user"));

        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(main.received()).hasSize(1);
        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Deferred.class);
        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Refused.class);
        assertThat(main.received()).hasSize(1);
    }

    @Test
    void aMailOfUnknownEndIsNotHandedToAnotherRelay() throws Exception {
        Relays two = open(List.of("default"), null);
        bulk.next(On.CONTENT, Reaction.drop());

        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Uncertain.class);
        assertThat(main.received()).isEmpty();
    }

    @Test
    void aRelayThatIsDownIsLeftAloneForAPauseAndTriedOnceAfterIt() throws Exception {
        Relays two = open(List.of("default"), null);
        bulk.whenever(On.GREETING, greeting -> true, Reaction.answerAndDrop("554 5.3.2 no service"));
        for (int i = 0; i < RelayBreaker.THRESHOLD + 3; i++) {
            assertThat(send(two, offer())).isInstanceOf(SmtpResult.Accepted.class);
        }
        assertThat(bulk.sessions()).isEqualTo(RelayBreaker.THRESHOLD);
        assertThat(restsUntil(two, "bulk")).isEqualTo(clock.instant().plusSeconds(1));

        clock.advance(Duration.ofSeconds(1));
        send(two, offer());
        send(two, offer());
        assertThat(bulk.sessions()).isEqualTo(RelayBreaker.THRESHOLD + 1);
        assertThat(restsUntil(two, "bulk")).isEqualTo(clock.instant().plusSeconds(2));

        bulk.behave();
        clock.advance(Duration.ofSeconds(2));
        send(two, offer());
        send(two, offer());
        assertThat(bulk.received()).hasSize(2);
        assertThat(restsUntil(two, "bulk")).isNull();
    }

    private static @Nullable Instant restsUntil(Relays of, String name) {
        return of.states().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow()
                .restsUntil();
    }

    @Test
    void mailsOfARelayThatIsDownWaitByThemselvesWhileTheOthersGo() throws Exception {
        bulk.close();
        Relays two = open(List.of(), null);
        for (int i = 0; i < RelayBreaker.THRESHOLD; i++) {
            assertThat(send(two, offer())).isInstanceOf(SmtpResult.Unreachable.class);
        }

        assertThat(later(two, offer(), "ada@example.org"))
                .isEqualTo(clock.instant().plusSeconds(1));
        assertThat(send(two, other())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(two.allDown()).isFalse();
        main.close();
        for (int i = 0; i <= RelayBreaker.THRESHOLD; i++) {
            send(two, other());
            if (two.allDown()) {
                break;
            }
        }
        assertThat(two.allDown()).isTrue();
    }

    @Test
    void aRelayWithEnoughToDoSendsOthersAwayAtOnceAndTakesNoRoomFromTheOther() throws Exception {
        Relays two = open(List.of(), null);
        List<Admitted> held = new ArrayList<>();
        int share = 3 * WORKER.maxInFlight() / 4 / 2;
        for (int i = 0; i < share; i++) {
            held.add((Admitted) two.enter(offer(), MailAddress.parse("ada" + i + "@example.org")));
        }

        assertThat(two.enter(offer(), MailAddress.parse("late@example.org")))
                .isEqualTo(new Admission.Later(
                        "as many mails wait for bulk as may", clock.instant().plusSeconds(1)));
        assertThat(send(two, other())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(two.states()).extracting(RelayState::held).containsExactly(share, 0);
        held.forEach(Admitted::close);
        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Accepted.class);
    }

    @Test
    void bulkMailsLeaveRoomForDirectOnes() throws Exception {
        Relays two = open(List.of(), null);
        Relays.Mail bulkOffer = new Relays.Mail("offer", null, Lane.BULK, false);
        while (later(two, bulkOffer, "ada@example.org", false) == null) {
            // Keeps its place.
        }

        assertThat(send(two, offer())).isInstanceOf(SmtpResult.Accepted.class);
    }

    @Test
    void aLimitedRelayIsGivenNoMoreThanItsRateAndTheOtherOnesGoOn() throws Exception {
        Relays two = open(List.of(), "2/second");

        assertThat(later(two, offer(), "a@one.org")).isNull();
        assertThat(later(two, offer(), "b@two.org")).isNull();
        assertThat(later(two, offer(), "c@three.org")).isEqualTo(clock.instant().plusSeconds(1));
        assertThat(later(two, other(), "c@three.org")).isNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(later(two, new Relays.Mail("offer", null, Lane.DIRECT, true), "c@three.org"))
                .isNull();
    }

    @Test
    void aDomainIsSentNoMoreThanItsRateWhateverTheRelay() throws Exception {
        Relays two = open(List.of(), null, "Example.COM 1/second", "* 60/minute");

        assertThat(later(two, offer(), "a@example.com")).isNull();
        assertThat(later(two, other(), "b@example.com"))
                .isEqualTo(clock.instant().plusSeconds(1));
        assertThat(later(two, other(), "a@elsewhere.org")).isNull();
        assertThat(later(two, other(), "a@third.org")).isNull();
        assertThat(later(two, other(), "b@third.org")).isNotNull();
    }

    @Test
    void aMailThatFailsOverKeepsToTheRateOfTheRelayThatTakesIt() throws Exception {
        main.close();
        RelaySettings named = settings(bulk, "1/second", List.of(), List.of(), List.of());
        Relays two = new Relays(
                settings(main, null, List.of("bulk"), List.of(), List.of()),
                new RelaysSettings(Map.of("bulk", named), List.of()),
                WORKER,
                clock);
        relays = two;

        assertThat(send(two, other())).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(send(two, other())).isInstanceOf(SmtpResult.Unreachable.class);
        assertThat(bulk.received()).hasSize(1);
    }

    /**
     * The relay takes a mail a second. Whatever else would go over it is sent back to its topic, and nothing of it is kept
     * here: with 100 times as many mails that wait, the heap is the same.
     */
    @Test
    void memoryIsFlatWithTheLengthOfTheQueue() throws Exception {
        Relays limited = open(List.of(), "1/second", "* 1/second");
        long few = heapAfter(limited, 1_000);
        long many = heapAfter(limited, 100_000);

        assertThat(many - few).isLessThan(1_000_000);
        assertThat(limited.isConfigured()).isTrue();
    }

    private long heapAfter(Relays limited, int backlog) throws InterruptedException {
        for (int i = 0; i < backlog; i++) {
            String recipient = "reader" + i + "@domain" + i % 20 + ".example";
            var _ = later(limited, offer(), recipient);
            if (i % 100 == 0) {
                clock.advance(Duration.ofSeconds(1));
            }
        }
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
