package dev.carillon.email.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.ledger.LedgerSettings;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.smtp.RelaySettings;
import dev.carillon.email.smtp.Relays;
import dev.carillon.email.smtp.RelaysSettings;
import dev.carillon.email.suppression.SuppressionSettings;
import dev.carillon.email.suppression.Suppressions;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
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
import dev.carillon.schemas.event.Content;
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
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(InfrastructureExtension.class)
class EmailSenderTest {

    private static final SenderSettings FROM = SenderSettings.of("no-reply@carillon.test", "Carillon", null, null);

    private static final Content CONTENT = Deliveries.content("Hello", null, null);
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());

    private final MockProducer<byte[], byte[]> told =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Suppressions suppressions;
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final FakeRelay fake = FakeRelay.start();
    private final Relays relays = new Relays(relaySettings(), RelaysSettings.none(), WorkerSettings.defaults(), clock);
    private final JdbcTemplate database;
    private final MailLedger ledger;
    private final EmailSender sender;

    EmailSenderTest(TestDatabase test) {
        var source = new DriverManagerDataSource(test.jdbcUrl(), test.username(), test.password());
        SchemaMigration.migrate(source, Service.EMAIL_WORKER, "email");
        database = new JdbcTemplate(source);
        ledger = new MailLedger(database, new LedgerSettings(Duration.ofSeconds(30), Duration.ofDays(90)), clock);
        suppressions = Suppressions.kept(
                JdbcClient.create(source),
                new RecordSender(told),
                TOPICS.activity(),
                SuppressionSettings.defaults(),
                clock);
        MailTypes types = new MailTypes(new KafkaClients(new KafkaProperties(), TOPICS), TOPICS);
        Stops stops = new Stops(types, suppressions);
        MailComposer composer = new MailComposer(FROM, LayoutSettings.of("Example", null, "en", null), clock);
        sender = new EmailSender(new Senders(FROM), composer, ledger, stops, relays, clock);
    }

    private RelaySettings relaySettings() {
        return new RelaySettings(
                "127.0.0.1",
                fake.port(),
                RelaySettings.Security.NONE,
                null,
                null,
                "test.example",
                null,
                new RelaySettings.Pool(2, 500, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                new RelaySettings.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2)),
                null,
                List.of(),
                List.of(),
                List.of());
    }

    @AfterEach
    void close() {
        relays.close();
        ledger.close();
        fake.close();
        database.update("delete from email.ledger");
        database.update("delete from email.suppression");
        database.update("delete from email.soft_bounce");
        database.update("delete from email.reach");
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

        assertThat(sender.send(attempt(1))).isEqualTo(new RetryLater(reason, reply));
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

    @Test
    void aStalledRelayAnswersWithinItsLimit() throws Exception {
        fake.next(On.MAIL, Reaction.stall());

        long start = System.nanoTime();
        DeliveryOutcome outcome = sender.send(attempt(1));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.reason()).isEqualTo(Reason.CONNECTION_LOST));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    private static String messageId(FakeRelay.Received mail) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
