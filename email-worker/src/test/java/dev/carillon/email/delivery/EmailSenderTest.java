package dev.carillon.email.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.ledger.Claim;
import dev.carillon.email.ledger.ClaimAnswer;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.ledger.Verdict;
import dev.carillon.email.smtp.Relays;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Fewer;
import dev.carillon.platform.delivery.DeliveryOutcome.Postponed;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailSenderTest extends SenderAtRelay {

    EmailSenderTest(TestDatabase database) {
        super(database);
    }

    @Test
    void handsADeliveryOver() throws Exception {
        assertThat(sender.send(delivery("ada@example.org"))).isEqualTo(new Accepted("250 2.0.0 queued"));

        FakeRelay.Received mail = fake.received().getFirst();
        assertThat(mail.recipient()).isEqualTo("ada@example.org");
        assertThat(mail.content()).contains("Subject: Invoice paid", "Thank you");
    }

    private static Delivery bringing(Attachment file) {
        Content content = new Content("Invoice", null, null, null, List.of(), null, List.of(), Map.of(), List.of(file));
        return Deliveries.single(Deliveries.address("ada@example.org", null, null), content);
    }

    @Test
    void aMailBringsItsFiles() throws Exception {
        assertThat(sender.send(bringing(new Attachment("a.txt", null, null, "aGVsbG8=", false))))
                .isInstanceOf(Accepted.class);
        assertThat(fake.received().getFirst().content())
                .contains("multipart/mixed", "Content-Disposition: attachment; filename=a.txt", "aGVsbG8=");
    }

    @Test
    void aMailWhoseFilesAreMissingDoesNotGo() throws Exception {
        assertThat(sender.send(bringing(new Attachment("a.txt", null, "ftp://shop.example/a", null, false))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.ATTACHMENT_REFUSED));
        assertThat(sender.send(bringing(new Attachment("a.txt", null, "http://127.0.0.1:1/a", null, false))))
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.reason()).isEqualTo(Reason.ATTACHMENT_UNAVAILABLE));
        assertThat(fake.received()).isEmpty();
        assertThat(database.queryForList("select 1 from email.ledger")).isEmpty();
    }

    @Test
    void whatIsCancelledAtTheLastMomentIsNotHandedOver() throws Exception {
        assertThat(sender.send(delivery("ada@example.org"), () -> false)).isInstanceOf(Postponed.class);
        assertThat(fake.received()).isEmpty();
        assertThat(sender.send(delivery("ada@example.org"))).isInstanceOf(Accepted.class);
    }

    private void stop(String scope, String name) {
        database.update(
                "insert into email.unsubscription (recipient, scope, name, at) values ('ada', ?, ?, now())",
                scope,
                name);
    }

    /** As behind a slow relay, where seconds lie between the claim and the hand-over. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into email.unsubscription (recipient, scope, name, at) values ('ada', 'all', '', now())",
                "insert into email.suppression (address, reason, created_at)"
                        + " values ('ada@example.org', 'complaint', now())"
            })
    void whatIsStoppedBetweenTheClaimAndTheHandOverDoesNotGo(String stop) throws Exception {
        Delivery delivery = delivery("ada@example.org");
        BooleanSupplier wanted = () -> {
            database.update("delete from email.unsubscription");
            database.update("delete from email.suppression");
            database.update(stop);
            clock.advance(LastLook.FRESH);
            return true;
        };

        assertThat(sender.send(delivery, wanted)).isInstanceOf(Postponed.class);
        assertThat(fake.received()).isEmpty();
        assertThat(sender.send(delivery)).isInstanceOf(Skipped.class);
    }

    private static Delivery digest(Notification... items) {
        Notification head = Deliveries.notification("ada", "slot", CONTENT);
        return Deliveries.of(Deliveries.address("ada@example.org", null, null), head, List.of(items), 0);
    }

    private static Notification item(String title, String type, String category) {
        Notification plain = Deliveries.notification("ada", title, Deliveries.content(title, null, null));
        return Deliveries.labelled(plain, type, category);
    }

    @Test
    void aDigestTellsNothingOfATypeThatWasStoppedWhileItWaited() throws Exception {
        Delivery digest =
                digest(item("weekly", "report", "a"), item("paid", "invoice", "a"), item("liked", "like", "social"));
        stop("type", "report");
        stop("category", "social");

        DeliveryOutcome outcome = sender.send(digest);
        Delivery rest = digest.withItems(List.of(digest.items().get(1)));
        assertThat(outcome).isEqualTo(new Fewer(rest, Reason.UNSUBSCRIBED));
        assertThat(fake.received()).isEmpty();

        assertThat(sender.send(rest)).isInstanceOf(Accepted.class);
        assertThat(fake.received().getFirst().content()).contains("paid").doesNotContain("weekly", "liked");
    }

    @Test
    void aDigestOfWhichNothingIsLeftIsSkippedAndOneThatHasGoneHasGone() throws Exception {
        Delivery digest = digest(item("weekly", "report", "a"), item("paid", "invoice", "b"));
        stop("type", "report");
        stop("type", "invoice");
        assertThat(sender.send(digest)).isEqualTo(new Skipped(Reason.UNSUBSCRIBED));

        database.update("delete from email.unsubscription");
        assertThat(sender.send(digest)).isInstanceOf(Accepted.class);
        stop("type", "report");
        assertThat(sender.send(digest)).isInstanceOf(Accepted.class);
        assertThat(fake.received()).hasSize(1);
    }

    @Test
    void aRepeatedRecordSendsNothing() throws Exception {
        sender.send(delivery("ada@example.org"));

        assertThat(sender.send(delivery("ada@example.org"))).isInstanceOf(Accepted.class);
        assertThat(fake.received()).hasSize(1);
    }

    @Test
    void nobodyToSendItToIsSkipped() throws Exception {
        assertThat(sender.send(delivery(null))).isEqualTo(new Skipped(Reason.NO_ADDRESS));
        assertThat(sender.send(delivery(" "))).isEqualTo(new Skipped(Reason.NO_ADDRESS));
        assertThat(sender.send(delivery("ada@example.org\r\nBcc: eve@example.org")))
                .isEqualTo(new AddressGone(
                        Reason.ADDRESS_INVALID,
                        "mail address has a local part with a character that is not allowed outside quotes"));
        assertThat(fake.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "450 4.2.2 mailbox full, PROVIDER_BUSY",
        "451 4.7.1 greylisted, RATE_LIMITED",
        "530 5.7.0 log in first, AUTHENTICATION_FAILED"
    })
    void whatMayWorkLaterIsTriedLater(String reply, Reason reason) throws Exception {
        fake.next(On.RCPT, Reaction.answer(reply));

        assertThat(sender.send(attempt(1))).isInstanceOfSatisfying(RetryLater.class, later -> {
            assertThat(later.reason()).isEqualTo(reason);
            assertThat(later.detail()).isEqualTo(reply);
            assertThat(later.notBefore()).isNull();
        });
        assertThat(sender.send(attempt(2))).isInstanceOf(Accepted.class);
    }

    @Test
    void aRelaysHintIsKept() throws Exception {
        fake.next(On.RCPT, Reaction.answer("450 4.7.1 greylisted, try again in 300 seconds"));

        assertThat(sender.send(attempt(1)))
                .isInstanceOfSatisfying(
                        RetryLater.class,
                        later -> assertThat(later.notBefore())
                                .isEqualTo(clock.instant().plusSeconds(300)));
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.7.1 policy, REJECTED",
        "RCPT, 550 no enhanced code, REJECTED",
        "MAIL, 550 5.1.1 odd, REJECTED",
        "CONTENT, 554 5.6.0 spam, REJECTED",
        "CONTENT, 552 5.3.4 too big, TOO_LARGE"
    })
    void whatNeverWorksIsRejectedWithTheRelaysWords(String event, String reply, Reason reason) throws Exception {
        fake.next(On.valueOf(event), Reaction.answer(reply));

        assertThat(sender.send(delivery("ada@example.org"))).isEqualTo(new Rejected(reason, reply));
    }

    @Test
    void anUnknownEndIsTriedOnceMoreWithTheSameMessageIdAndNoThirdTime() throws Exception {
        fake.next(On.CONTENT, Reaction.drop(), Reaction.drop());

        assertThat(sender.send(attempt(1)))
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.reason()).isEqualTo(Reason.UNCERTAIN));
        assertThat(sender.send(attempt(2)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.UNCERTAIN));
        assertThat(sender.send(attempt(2))).isInstanceOf(Rejected.class);

        assertThat(fake.received()).hasSize(2);
        assertThat(fake.received().stream().map(EmailSenderTest::messageId).distinct())
                .hasSize(1);
    }

    /** The limit is the relay's own: the one of an attempt is 9.7 s. */
    @Test
    void aStalledRelayAnswersWithinItsLimit() throws Exception {
        assertThat(sender.send(another("ada@example.org"))).isInstanceOf(Accepted.class);
        fake.next(On.MAIL, Reaction.stall());

        try (Relays hasty = relays(Duration.ofSeconds(2))) {
            long start = System.nanoTime();
            DeliveryOutcome outcome = sender(hasty).send(attempt(1));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            RetryLater.class,
                            later -> assertThat(later.reason()).isEqualTo(Reason.CONNECTION_LOST));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
        }
    }

    /** Waits of a later attempt's tier, or its end, would be for nothing that this delivery did. */
    @Test
    void whatAnotherWorkerHasClaimedComesBackSoonAndWithoutAnAttempt() throws Exception {
        Delivery last = attempt(6);
        try (MailLedger another = ledger()) {
            Claim claim = Claim.of(last, new Claim.About("ada@example.org", null, null, false));
            assertThat(another.claim(claim)).isInstanceOf(ClaimAnswer.Granted.class);

            assertThat(sender.send(last)).isEqualTo(new Postponed("another worker is handing it over"));
            assertThat(fake.received()).isEmpty();

            another.settle(claim, Verdict.OPEN, "it gave up");
        }
        assertThat(sender.send(last)).isInstanceOf(Accepted.class);
    }

    private static String messageId(FakeRelay.Received mail) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
