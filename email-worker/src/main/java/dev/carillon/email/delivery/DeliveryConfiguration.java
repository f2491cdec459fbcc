package dev.carillon.email.delivery;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.LayoutSettings;
import dev.carillon.email.layout.MailComposer;
import dev.carillon.email.layout.SenderSettings;
import dev.carillon.email.layout.Senders;
import dev.carillon.email.ledger.LedgerSettings;
import dev.carillon.email.ledger.MailLedger;
import dev.carillon.email.smtp.Relay;
import dev.carillon.email.smtp.RelaySettings;
import dev.carillon.email.suppression.Suppressions;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryWorker;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires the way of a delivery to the relay. Without a relay there is none: deliveries end as skipped. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    RelaySettings.class,
    SenderSettings.class,
    LayoutSettings.class,
    LedgerSettings.class,
    EmailWorkerSettings.class
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
            @Qualifier("emailMigration") SchemaMigration migrated) {
        return new MailLedger(database, settings, clock);
    }

    @Bean
    Repeating emailLedgerRetention(@Qualifier("emailLedger") MailLedger ledger) {
        return new Repeating(
                "email-ledger-retention", Duration.ofMinutes(1), Duration.ofHours(1), ledger::forgetAllOld);
    }

    @Bean
    @Conditional(RelayIsConfigured.class)
    Relay emailRelay(RelaySettings settings) {
        return new Relay(settings);
    }

    @Bean
    Senders emailSenders(SenderSettings settings) {
        return new Senders(settings);
    }

    @Bean
    MailComposer emailComposer(
            SenderSettings settings,
            Senders senders,
            LayoutSettings look,
            UnsubscribeLinks links,
            PipelineClock clock) {
        return new MailComposer(settings, senders, look, links, clock);
    }

    @Bean
    Stops emailStops(MailTypes types, Suppressions suppressions) {
        return new Stops(types, suppressions);
    }

    @Bean
    ChannelSender emailSender(
            Senders senders,
            MailComposer composer,
            MailLedger ledger,
            Stops stops,
            ObjectProvider<Relay> relay,
            PipelineClock clock) {
        Relay configured = relay.getIfAvailable();
        if (configured == null) {
            LOG.info("e-mail is off: carillon.email.smtp.host (SMTP_HOST) is not set");
            return new NoRelay();
        }
        return new EmailSender(senders, composer, ledger, stops, configured, clock);
    }

    @Bean
    DeliveryWorker emailDeliveryWorker(
            @Qualifier("emailSender") ChannelSender sender,
            EmailWorkerSettings settings,
            RelaySettings relay,
            KafkaClients clients,
            Topics topics,
            PipelineClock clock) {
        return new DeliveryWorker(
                Service.EMAIL_WORKER, sender, settings.forSessions(relay.pool().size()), clients, topics, clock);
    }

    /** Holds where a relay's host is set to something. */
    static final class RelayIsConfigured implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String host = context.getEnvironment().getProperty("carillon.email.smtp.host");
            return host != null && !host.isBlank();
        }
    }
}
