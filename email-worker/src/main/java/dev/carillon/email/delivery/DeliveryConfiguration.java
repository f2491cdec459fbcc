package dev.carillon.email.delivery;

import dev.carillon.email.attachment.AttachmentSettings;
import dev.carillon.email.attachment.Attachments;
import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.dkim.DkimSettings;
import dev.carillon.email.dkim.DkimSignature;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.MailLinks;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.ledger.LedgerSettings;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.smtp.RelaySettings;
import dev.carillon.email.smtp.Relays;
import dev.carillon.email.smtp.RelaysSettings;
import dev.carillon.email.suppression.Suppressions;
import dev.carillon.email.tracking.CountTracked;
import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.unsubscribe.Unsubscribe;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryWorker;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires the way of a delivery to the relay. Without a relay there is none: deliveries end as skipped. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    RelaySettings.class,
    RelaysSettings.class,
    DkimSettings.class,
    SenderSettings.class,
    LayoutSettings.class,
    LedgerSettings.class,
    EmailWorkerSettings.class,
    AttachmentSettings.class
})
public class DeliveryConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryConfiguration.class);

    @Bean
    SchemaMigration emailMigration(DataSource database) {
        return SchemaMigration.migrate(database, Service.EMAIL_WORKER, "email");
    }

    @Bean
    MailLedger emailLedger(
            JdbcTemplate database,
            LedgerSettings settings,
            PipelineClock clock,
            MeterRegistry metrics,
            @Qualifier("emailMigration") SchemaMigration migrated) {
        return new MailLedger(database, settings, clock, metrics);
    }

    @Bean
    Repeating emailLedgerRetention(@Qualifier("emailLedger") MailLedger ledger) {
        return new Repeating(
                "email-ledger-retention", Duration.ofMinutes(1), Duration.ofHours(1), ledger::forgetAllOld);
    }

    @Bean
    Relays emailRelays(RelaySettings standard, RelaysSettings more, EmailWorkerSettings worker, PipelineClock clock) {
        return new Relays(standard, more, worker.forSessions(more.sessions(standard)), clock);
    }

    @Bean
    RelayController emailRelayController(Relays relays) {
        return new RelayController(relays);
    }

    @Bean
    Senders emailSenders(SenderSettings settings) {
        return new Senders(settings);
    }

    @Bean
    DkimSignature emailDkimSignature(DkimSettings settings) {
        return new DkimSignature(settings);
    }

    @Bean
    MailComposer emailComposer(
            SenderSettings settings,
            Senders senders,
            LayoutSettings look,
            UnsubscribeLinks links,
            Tracker tracker,
            DkimSignature signature,
            PipelineClock clock) {
        return new MailComposer(settings, senders, look, new MailLinks(links, tracker), signature, clock);
    }

    @Bean(destroyMethod = "close")
    Attachments emailAttachments(
            AttachmentSettings settings, DkimSignature signature, Relays relays, PipelineClock clock) {
        return new Attachments(settings, signature.isOn(), relays.several(), clock);
    }

    @Bean
    EmailSender.Making emailMaking(Senders senders, MailComposer composer, Attachments attachments) {
        return new EmailSender.Making(senders, composer, attachments);
    }

    @Bean
    Stops emailStops(MailTypes types, Suppressions suppressions, Unsubscribe unsubscribe) {
        return new Stops(types, suppressions, unsubscribe);
    }

    @Bean
    ChannelSender emailSender(
            EmailSender.Making making,
            MailLedger ledger,
            Stops stops,
            Relays relays,
            Tracker tracker,
            MeterRegistry metrics,
            PipelineClock clock) {
        if (!relays.isConfigured()) {
            LOG.info("e-mail is off: carillon.email.smtp.host (SMTP_HOST) is not set");
            return new NoRelay();
        }
        return new CountTracked(new EmailSender(making, ledger, stops, relays, clock), tracker, metrics);
    }

    @Bean
    DeliveryWorker emailDeliveryWorker(
            @Qualifier("emailSender") ChannelSender sender,
            EmailWorkerSettings settings,
            RelaySettings standard,
            RelaysSettings more,
            KafkaClients clients,
            Topics topics,
            PipelineClock clock,
            Tracing tracing) {
        return new DeliveryWorker(
                Service.EMAIL_WORKER,
                sender,
                settings.forSessions(more.sessions(standard)),
                clients,
                topics,
                clock,
                tracing);
    }
}
