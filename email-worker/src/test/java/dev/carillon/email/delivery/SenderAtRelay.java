package dev.carillon.email.delivery;

import dev.carillon.email.attachment.AttachmentSettings;
import dev.carillon.email.attachment.Attachments;
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
import dev.carillon.email.unsubscribe.Unsubscribe;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.WorkerSettings;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.smtp.FakeRelay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

/** A sender with a relay of its own for each test, and a database for all of its class. */
@ExtendWith(InfrastructureExtension.class)
abstract class SenderAtRelay {

    private static final SenderSettings FROM = SenderSettings.of("no-reply@carillon.test", "Carillon", null, null);
    private static final AttachmentSettings ATTACHMENTS = new AttachmentSettings(
            DataSize.ofKilobytes(64),
            DataSize.ofMegabytes(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            List.of(),
            true);
    static final Content CONTENT = Deliveries.content("Hello", null, null);
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());

    final MockProducer<byte[], byte[]> told =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    final Suppressions suppressions;
    final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    final FakeRelay fake = FakeRelay.start();
    private final Relays relays = relays(Duration.ofSeconds(9));
    final JdbcTemplate database;
    private final Attachments attachments = new Attachments(ATTACHMENTS, false, false, clock);
    private final MailLedger ledger;
    private final Stops stops;
    final EmailSender sender;

    SenderAtRelay(TestDatabase test) {
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

    MailLedger ledger() {
        LedgerSettings settings = new LedgerSettings(Duration.ofSeconds(30), Duration.ofDays(90));
        return new MailLedger(database, settings, clock, new SimpleMeterRegistry());
    }

    EmailSender sender(Relays over) {
        MailComposer composer = new MailComposer(FROM, LayoutSettings.of("Example", null, "en", null), clock);
        return new EmailSender(
                new EmailSender.Making(new Senders(FROM), composer, attachments), ledger, stops, over, clock);
    }

    Relays relays(Duration limit) {
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

    static Delivery delivery(@Nullable String email) {
        return Deliveries.single(
                Deliveries.address(email, "Ada", null), Deliveries.content("Invoice paid", "Thank you", null));
    }

    static Delivery attempt(int number) {
        return delivery("ada@example.org").withAttempts(new Attempts(number - 1, null, null, List.of(), null));
    }

    static Delivery another(String email) {
        return Deliveries.single("ada", "another", Deliveries.address(email, null, null), CONTENT);
    }
}
