package dev.carillon.email.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.attachment.AttachmentSettings;
import dev.carillon.email.attachment.Attachments;
import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.ledger.Claim;
import dev.carillon.email.ledger.ClaimAnswer;
import dev.carillon.email.ledger.LedgerSettings;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.ledger.Verdict;
import dev.carillon.email.smtp.RelaySettings;
import dev.carillon.email.smtp.Relays;
import dev.carillon.email.smtp.RelaysSettings;
import dev.carillon.email.suppression.SuppressionSettings;
import dev.carillon.email.suppression.Suppressions;
import dev.carillon.email.unsubscribe.Unsubscribe;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Fewer;
import dev.carillon.platform.delivery.DeliveryOutcome.Postponed;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.platform.delivery.WorkerSettings;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

@ExtendWith(InfrastructureExtension.class)
class EmailSenderTest {

    private static final SenderSettings FROM = SenderSettings.of("no-reply@carillon.test", "Carillon", null, null);

    private static final AttachmentSettings ATTACHMENTS = new AttachmentSettings(
            DataSize.ofKilobytes(64),
            DataSize.ofMegabytes(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            List.of(),
            true);
    private static final Content CONTENT = Deliveries.content("Hello", null, null);
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());

    private final MockProducer<byte[], byte[]> told =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Suppressions suppressions;
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final FakeRelay fake = FakeRelay.start();
    private final Relays relays = relays(Duration.ofSeconds(9));
    private final JdbcTemplate database;
    private final Attachments attachments = new Attachments(ATTACHMENTS, false, clock);
    private final MailLedger ledger;
    private final Stops stops;
    private final EmailSender sender;

    EmailSenderTest(TestDatabase test) {
        var source = new DriverManagerDataSource(test.jdbcUrl(), test.username(), test.password());
        SchemaMigration.migrate(source, Service.EMAIL_WORKER, "email");
        database = new JdbcTemplate(source);
        ledger = ledger();
        suppressions = Suppressions.kept(
                JdbcClient.create(source),
                new RecordSender(told),
                TOPICS.activity(),
                SuppressionSettings.defaults(),
                clock);
        MailTypes types = new MailTypes(new KafkaClients(new KafkaProperties(), TOPICS), TOPICS);
        Unsubscribe unsubscribe =
                Unsubscribe.kept(JdbcClient.create(source), new RecordSender(told), TOPICS.activity(), clock);
        stops = new Stops(types, suppressions, unsubscribe);
        sender = sender(relays);
    }

    private MailLedger ledger() {
        LedgerSettings settings = new LedgerSettings(Duration.ofSeconds(30), Duration.ofDays(90));
        return new MailLedger(database, settings, clock, new SimpleMeterRegistry());
    }

    private EmailSender sender(Relays over) {
        MailComposer composer = new MailComposer(FROM, LayoutSettings.of("Example", null, "en", null), clock);
        return new EmailSender(
                new EmailSender.Making(new Senders(FROM), composer, attachments), ledger, stops, over, clock);
    }

    private Relays relays(Duration limit) {
        return new Relays(relaySettings(limit), RelaysSettings.none(), WorkerSettings.defaults(), clock);
    }

    private RelaySettings relaySettings(Duration limit) {
        return new RelaySettings(
                "127.0.0.1",
                fake.port(),
                RelaySettings.Security.NONE,
                null,
                null,
                "test.example",
                null,
                new RelaySettings.Pool(2, 500, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                new RelaySettings.Timeouts(limit, limit, limit),
                null,
                List.of(),
                List.of(),
                List.of());
    }

    @AfterEach
    void close() {
        relays.close();
        attachments.close();
        ledger.close();
        fake.close();
        database.update("delete from email.ledger");
        database.update("delete from email.suppression");
        database.update("delete from email.soft_bounce");
        database.update("delete from email.reach");
        database.update("delete from email.unsubscription");
    }

    private static Delivery delivery(@Nullable String email) {
        return Deliveries.single(
                Deliveries.address(email, "Ada", null), Deliveries.content("Invoice paid", "Thank you", null));
    }

    private static Delivery attempt(int number) {
        return delivery("ada@example.org").withAttempts(new Attempts(number - 1, null, null, List.of(), null));
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
    void whoCannotBeReachedOverThisRelayIsSkippedForTheRelaysSake() throws Exception {
        fake.offering("PIPELINING");

        assertThat(sender.send(delivery("ådá@example.org")))
                .isEqualTo(new AddressGone(
                        Reason.RELAY_NOT_CAPABLE,
                        "the relay does not offer SMTPUTF8, which an address of the mail needs"));
        assertThat(fake.received()).isEmpty();
        assertThat(reachable()).isEmpty();
    }

    @Test
    void anUnknownMailboxIsGone() throws Exception {
        fake.next(On.RCPT, Reaction.answer("550 5.1.1 no such user"));

        assertThat(sender.send(delivery("ada@example.org")))
                .isEqualTo(new AddressGone(Reason.ADDRESS_GONE, "550 5.1.1 no such user"));
    }

    @Test
    void nothingGoesToAnAddressThatIsGoneAndTheRouterHearsOfItOnce() throws Exception {
        fake.next(On.RCPT, Reaction.answer("550 5.1.1 no such user"));
        sender.send(delivery("Ada@example.org"));

        assertThat(sender.send(another("ada@Example.org"))).isEqualTo(new Skipped(Reason.SUPPRESSED_ADDRESS));
        assertThat(reachable()).containsExactly(false);
        assertThat(fake.received()).isEmpty();
    }

    @Test
    void whoMovesToAnotherAddressIsReachedAgain() throws Exception {
        fake.next(On.RCPT, Reaction.answer("550 5.1.1 no such user"));
        sender.send(delivery("ada@example.org"));

        suppressions.profiles(List.of(profile("ada@example.org")));
        assertThat(reachable()).containsExactly(false);
        suppressions.profiles(List.of(profile("ada@example.net")));

        assertThat(reachable()).containsExactly(false, true);
        assertThat(sender.send(another("ada@example.net"))).isInstanceOf(Accepted.class);
    }

    @Test
    void softBouncesCountUntilTheyAreTooManyAndEndByThemselves() throws Exception {
        for (int i = 0; i < 4; i++) {
            fullOnce();
        }
        clock.advance(Duration.ofDays(7).plusSeconds(1));
        for (int i = 0; i < 4; i++) {
            fullOnce();
        }
        assertThat(sender.send(another("ada@example.org"))).isInstanceOf(Accepted.class);

        fullOnce();
        Delivery late = Deliveries.single("ada", "late", Deliveries.address("ada@example.org", null, null), CONTENT);
        assertThat(sender.send(late)).isEqualTo(new Skipped(Reason.SUPPRESSED_ADDRESS));
        clock.advance(Duration.ofDays(7));
        assertThat(sender.send(late)).isInstanceOf(Accepted.class);
    }

    /** As mailboxes that are full mostly say it (RFC 3463, 3.3). */
    @Test
    void aMailboxThatOnlyPutsMailsOffCountsOncePerDelivery() throws Exception {
        fake.whenever(On.RCPT, line -> true, Reaction.answer("450 4.2.2 mailbox full"));
        for (int i = 0; i < 5; i++) {
            assertThat(bounces()).isEqualTo(i);
            Delivery delivery =
                    Deliveries.single("ada", "full" + i, Deliveries.address("ada@example.org", null, null), CONTENT);
            RetryLater later = (RetryLater) sender.send(delivery);
            Attempts second = new Attempts(1, null, null, later.done(), null);
            assertThat(sender.send(delivery.withAttempts(second)))
                    .isInstanceOf(i < 4 ? RetryLater.class : Skipped.class);
        }
        assertThat(sender.send(another("ada@example.org"))).isEqualTo(new Skipped(Reason.SUPPRESSED_ADDRESS));
    }

    @Test
    void whatWasPutOffAndIsTakenThenDoesNotCount() throws Exception {
        fake.next(On.RCPT, Reaction.answer("450 4.2.2 mailbox full"));
        Delivery delivery = Deliveries.single("ada", "off", Deliveries.address("ada@example.org", null, null), CONTENT);
        RetryLater later = (RetryLater) sender.send(delivery);
        assertThat(bounces()).isEqualTo(1);
        Attempts second = new Attempts(1, null, null, later.done(), null);
        assertThat(sender.send(delivery.withAttempts(second))).isInstanceOf(Accepted.class);
        assertThat(bounces()).isZero();
    }

    @Test
    void aRelayThatIsBusyItselfIsNoTroubleOfAMailbox() throws Exception {
        fake.next(
                On.RCPT,
                Reaction.answer("451 4.7.1 greylisted"),
                Reaction.answer("450 4.2.0 greylisted"),
                Reaction.answer("450 4.2.1 receives mail too fast"),
                Reaction.answer("452 4.3.1 disk full"));
        fake.next(On.MAIL, Reaction.answer("450 4.2.2 of the sender"));
        for (int i = 0; i < 5; i++) {
            assertThat(sender.send(attempt(1))).isInstanceOf(RetryLater.class);
        }
        assertThat(bounces()).isZero();
    }

    private int bounces() {
        return database.queryForList("select bounces from email.soft_bounce", Integer.class).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private void fullOnce() throws InterruptedException {
        fake.next(On.RCPT, Reaction.answer("552 5.2.2 mailbox full"));
        assertThat(sender.send(delivery("ada@example.org"))).isInstanceOf(Rejected.class);
    }

    private List<Boolean> reachable() {
        return told.history().stream()
                .map(record -> ((Activity.Reachable) Json.read(record.value(), Activity.class)).reachable())
                .toList();
    }

    private static Delivery another(String email) {
        return Deliveries.single("ada", "another", Deliveries.address(email, null, null), CONTENT);
    }

    private static RecipientProfile profile(String email) {
        return new RecipientProfile(new RecipientId("ada"), 1, null, email, null, Preferences.defaults());
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
