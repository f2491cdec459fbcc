package dev.carillon.email.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.smtp.RelaySettings.Pool;
import dev.carillon.email.smtp.RelaySettings.Security;
import dev.carillon.email.smtp.RelaySettings.Timeouts;
import dev.carillon.email.smtp.SmtpResult.Step;
import dev.carillon.platform.mail.MailAddress;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest {

    private static final Pool POOL =
            new Pool(4, 500, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(10));
    /** Longer than anything takes that is not stuck. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final byte[] MESSAGE = "Subject: hello\r\n\r\nworld\r\n".getBytes(US_ASCII);

    private static final Cleaner GARBAGE = Cleaner.create();

    private final FakeRelay fake = FakeRelay.start();
    private Relay relay = new Relay(settings(fake, POOL, PATIENCE));

    @AfterEach
    void closeBoth() {
        relay.close();
        fake.close();
    }

    static RelaySettings settings(FakeRelay fake, Pool pool, Duration limit) {
        return new RelaySettings(
                "127.0.0.1",
                fake.port(),
                Security.NONE,
                null,
                null,
                "test.example",
                null,
                pool,
                new Timeouts(limit, limit, limit),
                null,
                List.of(),
                List.of(),
                List.of());
    }

    private SmtpResult send(String recipient) {
        return send(recipient, MESSAGE);
    }

    private SmtpResult send(String recipient, byte[] message) {
        return relay.send(
                new Envelope(MailAddress.parse("no-reply@carillon.test"), MailAddress.parse(recipient), null),
                message,
                () -> true);
    }

    private void limitTo(Duration limit) {
        relay.close();
        relay = new Relay(settings(fake, POOL, limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "8BITMIME"})
    void handsOverWithAndWithoutPipelining(String extension) {
        fake.offering(extension);

        SmtpResult result = send("ada@example.org", ".first\r\n..second\r\nlast".getBytes(US_ASCII));

        assertThat(result).isInstanceOf(SmtpResult.Accepted.class);
        FakeRelay.Received mail = fake.received().getFirst();
        assertThat(mail.sender()).isEqualTo("no-reply@carillon.test");
        assertThat(mail.recipient()).isEqualTo("ada@example.org");
        assertThat(mail.content()).isEqualTo(".first\r\n..second\r\nlast\r\n");
    }

    @Test
    void keepsOneSessionOpenForMessagesInARow() {
        for (int i = 0; i < 20; i++) {
            assertThat(send("ada" + i + "@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        }

        assertThat(fake.sessions()).isEqualTo(1);
        assertThat(fake.commands()).noneMatch(command -> command.startsWith("NOOP"));
    }

    @Test
    void aSessionOutlivesTheCollectionOfGarbage() {
        send("ada@example.org");
        for (int i = 0; i < 3; i++) {
            AtomicBoolean collected = new AtomicBoolean();
            GARBAGE.register(new byte[1024], () -> collected.set(true));
            await().atMost(PATIENCE).until(() -> {
                System.gc();
                return collected.get();
            });
        }

        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.sessions()).isEqualTo(1);
    }

    @Test
    void opensNoMoreSessionsThanThePoolHas() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SmtpResult>> results = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> send("ada" + i + "@example.org")))
                    .toList();
            for (Future<SmtpResult> result : results) {
                assertThat(result.get()).isInstanceOf(SmtpResult.Accepted.class);
            }
        }

        assertThat(fake.sessions()).isBetween(1, 4);
        assertThat(fake.received()).hasSize(200);
    }

    @Test
    void closesASessionAfterItsMessages() {
        relay.close();
        relay = new Relay(settings(
                fake, new Pool(1, 3, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)), PATIENCE));

        for (int i = 0; i < 7; i++) {
            send("ada@example.org");
        }

        assertThat(fake.sessions()).isEqualTo(3);
    }

    @Test
    void closesASessionThatNobodyUses() {
        relay.close();
        relay = new Relay(settings(
                fake, new Pool(1, 3, Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofMinutes(1)), PATIENCE));
        send("ada@example.org");

        await().atMost(PATIENCE).until(() -> fake.openSessions() == 0);
    }

    @Test
    void asksASessionThatWasNotUsedForAWhile() {
        relay.close();
        relay = new Relay(settings(
                fake, new Pool(1, 3, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofNanos(1)), PATIENCE));
        send("ada@example.org");
        fake.next(On.NOOP, Reaction.drop());

        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.sessions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "8BITMIME"})
    void aTransientReplyDefersAndTheSessionGoesOn(String extension) {
        fake.offering(extension).next(On.RCPT, Reaction.answer("450 4.7.1 greylisted, come back later"));

        SmtpResult result = send("ada@example.org");

        assertThat(result)
                .isEqualTo(new SmtpResult.Deferred(
                        Step.RECIPIENT, new SmtpReply(450, "4.7.1", "greylisted, come back later")));
        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.sessions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "8BITMIME"})
    void aPermanentReplyRefusesWithItsEnhancedStatusCode(String extension) {
        fake.offering(extension).next(On.RCPT, Reaction.answer("550-5.1.1 no such user\r\n550 5.1.1 really"));

        assertThat(send("ada@example.org"))
                .isEqualTo(new SmtpResult.Refused(Step.RECIPIENT, new SmtpReply(550, "5.1.1", "no such user")));
    }

    @Test
    void aRelayThatWantsContentForNobodyGetsAnEmptyMessage() {
        fake.next(On.RCPT, Reaction.answer("550 5.1.1 no such user")).next(On.DATA, Reaction.answer("354 go on"));

        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Refused.class);
        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.received()).hasSize(1);
    }

    @Test
    void refusesTheSenderOfItsOwnStep() {
        fake.next(On.MAIL, Reaction.answer("550 5.7.1 not yours"));

        assertThat(send("ada@example.org"))
                .isEqualTo(new SmtpResult.Refused(Step.SENDER, new SmtpReply(550, "5.7.1", "not yours")));
    }

    @Test
    void aReplyToTheContentDecides() {
        fake.next(On.CONTENT, Reaction.answer("554 5.6.0 spam"), Reaction.answer("452 4.3.1 disk full"));

        assertThat(send("ada@example.org"))
                .isEqualTo(new SmtpResult.Refused(Step.CONTENT, new SmtpReply(554, "5.6.0", "spam")));
        assertThat(send("ada@example.org"))
                .isEqualTo(new SmtpResult.Deferred(Step.CONTENT, new SmtpReply(452, "4.3.1", "disk full")));
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void aConnectionBrokenBeforeTheContentIsSafeToRepeat() {
        fake.offering("8BITMIME").next(On.DATA, Reaction.drop());

        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Unreachable.class);
    }

    @Test
    void aConnectionBrokenAfterTheFinalDotIsUncertain() {
        fake.next(On.CONTENT, Reaction.drop());

        assertThat(send("ada@example.org")).isEqualTo(new SmtpResult.Uncertain("the relay closed the session"));
    }

    /** The dot was not sent, so the relay has no message: unlike a small one, whose dot goes with the rest of it. */
    @Test
    void aConnectionBrokenInsideTheContentIsSafeToRepeatWhereTheDotWasNotSent() {
        fake.offering("PIPELINING", "SIZE 100000000").next(On.WITHIN, Reaction.drop(), Reaction.drop());
        byte[] large = ("x".repeat(70) + "\r\n").repeat(400_000).getBytes(US_ASCII);

        assertThat(send("ada@example.org", large))
                .isInstanceOfSatisfying(
                        SmtpResult.Unreachable.class,
                        result -> assertThat(result.obstacle()).isEqualTo(SmtpResult.Obstacle.BROKEN));
        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Uncertain.class);
        assertThat(fake.received()).isEmpty();
        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.received()).hasSize(1);
    }

    @Test
    void closesASessionThatIsOld() {
        relay.close();
        relay = new Relay(settings(
                fake, new Pool(1, 500, Duration.ofNanos(1), Duration.ofMinutes(1), Duration.ofMinutes(1)), PATIENCE));

        for (int i = 0; i < 3; i++) {
            assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        }

        assertThat(fake.sessions()).isEqualTo(3);
    }

    @Test
    void anInternationalAddressForAnswersCounts() {
        MailAddress plain = MailAddress.parse("no-reply@carillon.test");
        MailAddress international = MailAddress.parse("hjälp@carillon.test");

        assertThat(new Envelope(plain, plain, null).needsSmtpUtf8()).isFalse();
        assertThat(new Envelope(plain, plain, plain).needsSmtpUtf8()).isFalse();
        assertThat(new Envelope(plain, plain, international).needsSmtpUtf8()).isTrue();
        assertThat(relay.send(new Envelope(plain, plain, international), MESSAGE, () -> true))
                .isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.commands()).anyMatch(command -> command.startsWith("MAIL") && command.contains("SMTPUTF8"));
    }

    @Test
    void aRelayThatStallsAfterTheFinalDotIsUncertainWithinTheLimit() {
        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        fake.next(On.CONTENT, Reaction.stall());

        long start = System.nanoTime();
        MailAddress bob = MailAddress.parse("bob@example.org");
        assertThat(relay.send(new Envelope(bob, bob, null), MESSAGE, () -> true, Duration.ofSeconds(1)))
                .isInstanceOf(SmtpResult.Uncertain.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.dividedBy(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "MAIL"})
    void aRelayThatStallsEarlierIsUnreachableWithinTheLimit(String event) {
        limitTo(Duration.ofMillis(300));
        fake.next(On.valueOf(event), Reaction.stall());

        long start = System.nanoTime();
        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Unreachable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.dividedBy(2));
    }

    @Test
    void aSessionThatWentStaleIsReplacedUnnoticed() {
        send("ada@example.org");
        fake.next(On.MAIL, Reaction.drop());

        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.received()).hasSize(2);
    }

    @Test
    void aSessionThatTheRelayEndsWith421IsReplacedUnnoticed() {
        send("ada@example.org");
        fake.next(On.MAIL, Reaction.answerAndDrop("421 4.7.0 too many messages, goodbye"));

        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.sessions()).isEqualTo(2);
    }

    @Test
    void aNewSessionThatTheRelayEndsWith421IsDeferred() {
        fake.whenever(On.MAIL, _ -> true, Reaction.answerAndDrop("421 4.7.0 not now"));

        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Deferred.class);
        assertThat(fake.sessions()).isEqualTo(1);
    }

    /** As large providers say that they have had enough of us, or of a mail. */
    @ParameterizedTest
    @CsvSource({
        "PIPELINING, RCPT, RECIPIENT", "8BITMIME, RCPT, RECIPIENT",
        "PIPELINING, DATA, CONTENT", "8BITMIME, DATA, CONTENT",
        "PIPELINING, CONTENT, CONTENT", "8BITMIME, CONTENT, CONTENT"
    })
    void a421AtAnyLaterStepDefersTheMailAndTheNextOneHasASessionOfItsOwn(String extension, On event, Step step) {
        fake.offering(extension).next(event, Reaction.answerAndDrop("421 4.7.28 too many mails, goodbye"));

        assertThat(send("ada@example.org"))
                .isEqualTo(new SmtpResult.Deferred(step, new SmtpReply(421, "4.7.28", "too many mails, goodbye")));
        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.sessions()).isEqualTo(2);
        assertThat(fake.received()).extracting(FakeRelay.Received::recipient).containsExactly("bob@example.org");
    }

    @Test
    void nobodyListeningIsUnreachable() {
        fake.close();

        assertThat(send("ada@example.org"))
                .isInstanceOfSatisfying(
                        SmtpResult.Unreachable.class,
                        result -> assertThat(result.reason()).contains("127.0.0.1:"));
    }

    @Test
    void anUnfriendlyGreetingIsUnreachableWithItsText() {
        fake.next(On.GREETING, Reaction.answerAndDrop("554 5.7.1 your address is on a list"));

        assertThat(send("ada@example.org"))
                .isInstanceOfSatisfying(
                        SmtpResult.Unreachable.class,
                        result -> assertThat(result.reason()).contains("on a list"));
    }

    @Test
    void aMessageLargerThanTheRelayTakesIsNotTried() {
        fake.offering("SIZE 1000");

        assertThat(send("ada@example.org", new byte[1001])).isInstanceOf(SmtpResult.Unsupported.class);
        assertThat(fake.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void anInternationalAddressGoesOnlyWhereTheRelayTakesIt() {
        assertThat(send("ådá@exämple.org")).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(fake.received().getFirst().recipient()).isEqualTo("ådá@xn--exmple-cua.org");
        assertThat(fake.commands()).anyMatch(command -> command.startsWith("MAIL") && command.contains("SMTPUTF8"));

        relay.close();
        relay = new Relay(settings(fake.offering("PIPELINING"), POOL, PATIENCE));
        assertThat(send("ådá@exämple.org")).isInstanceOf(SmtpResult.Unsupported.class);
    }

    @Test
    void aMessageWithdrawnBeforeItsContentLeavesNothingBehind() {
        AtomicBoolean asked = new AtomicBoolean();

        SmtpResult result = relay.send(
                new Envelope(MailAddress.parse("no-reply@carillon.test"), MailAddress.parse("ada@example.org"), null),
                MESSAGE,
                () -> !asked.getAndSet(true));

        assertThat(result).isInstanceOf(SmtpResult.Withdrawn.class);
        assertThat(fake.received()).isEmpty();
        assertThat(send("bob@example.org")).isInstanceOf(SmtpResult.Accepted.class);
    }

    @Test
    void aRelayThatBabblesIsUnreachable() {
        fake.offering("8BITMIME").next(On.MAIL, Reaction.answer("x".repeat(10_000)));
        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Unreachable.class);

        fake.next(On.MAIL, Reaction.answer("250-again\r\n".repeat(300) + "250 end"));
        assertThat(send("ada@example.org")).isInstanceOf(SmtpResult.Unreachable.class);
    }
}
