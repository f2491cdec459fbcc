package dev.carillon.ingest;

import dev.carillon.ingest.activitylog.ActivityConfiguration;
import dev.carillon.ingest.apikey.ApiKeyConfiguration;
import dev.carillon.ingest.asking.AskingConfiguration;
import dev.carillon.ingest.audience.AudienceConfiguration;
import dev.carillon.ingest.cancel.CancelConfiguration;
import dev.carillon.ingest.console.ConsoleConfiguration;
import dev.carillon.ingest.deadletter.DeadLetterConfiguration;
import dev.carillon.ingest.dismissal.DismissalConfiguration;
import dev.carillon.ingest.explain.ExplainConfiguration;
import dev.carillon.ingest.hold.HoldConfiguration;
import dev.carillon.ingest.inbound.InboundConfiguration;
import dev.carillon.ingest.intake.IntakeConfiguration;
import dev.carillon.ingest.ledger.LedgerConfiguration;
import dev.carillon.ingest.message.MessageConfiguration;
import dev.carillon.ingest.openapi.OpenApiConfiguration;
import dev.carillon.ingest.personal.PersonalConfiguration;
import dev.carillon.ingest.preview.PreviewConfiguration;
import dev.carillon.ingest.privacy.PrivacyConfiguration;
import dev.carillon.ingest.publication.PublicationConfiguration;
import dev.carillon.ingest.recipient.RecipientConfiguration;
import dev.carillon.ingest.schedule.ScheduleConfiguration;
import dev.carillon.ingest.type.TypeConfiguration;
import dev.carillon.ingest.watch.WatchConfiguration;
import dev.carillon.ingest.webhook.WebhookConfiguration;
import dev.carillon.platform.PlatformConfiguration;
import dev.carillon.platform.auth.EndUserAuthConfiguration;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The front door, to be run alone or composed with the other services. */
@Configuration(proxyBeanMethods = false)
@Import({
    PlatformConfiguration.class,
    EndUserAuthConfiguration.class,
    PublicationConfiguration.class,
    ApiKeyConfiguration.class,
    TypeConfiguration.class,
    RecipientConfiguration.class,
    AudienceConfiguration.class,
    AskingConfiguration.class,
    ExplainConfiguration.class,
    HoldConfiguration.class,
    LedgerConfiguration.class,
    PreviewConfiguration.class,
    IntakeConfiguration.class,
    CancelConfiguration.class,
    MessageConfiguration.class,
    ScheduleConfiguration.class,
    DismissalConfiguration.class,
    DeadLetterConfiguration.class,
    ConsoleConfiguration.class,
    OpenApiConfiguration.class,
    InboundConfiguration.class,
    ActivityConfiguration.class,
    PersonalConfiguration.class,
    PrivacyConfiguration.class,
    WatchConfiguration.class,
    WebhookConfiguration.class
})
public class IngestApiConfiguration {
    private static final String SCHEMA = "ingest";

    /** A caller waits: without a broker, or with full buffers, she is told so within 3 s. */
    private static final int MAX_BLOCK_MS = 400;

    /** After a quiet night the first event must not wait for the topics to be looked up again. */
    private static final long REMEMBER_TOPICS_MS = Duration.ofDays(7).toMillis();

    @Bean
    SchemaMigration ingestSchema(DataSource database) {
        return SchemaMigration.migrate(database, Service.INGEST_API, SCHEMA);
    }

    /** Depends on the migration, so that whoever holds it finds the tables. */
    @Bean
    JdbcClient ingestJdbc(DataSource database, @Qualifier("ingestSchema") SchemaMigration migrated) {
        return JdbcClient.create(database);
    }

    /** Closed by the sender. */
    @Bean(destroyMethod = "")
    Producer<byte[], byte[]> ingestProducer(KafkaClients clients) {
        Map<String, Object> settings = clients.producerProps(Service.INGEST_API, "");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBER_TOPICS_MS);
        return new KafkaProducer<>(settings);
    }

    @Bean
    WarmProducer ingestWarmProducer(@Qualifier("ingestProducer") Producer<byte[], byte[]> producer, Topics topics) {
        return new WarmProducer(producer, topics);
    }

    @Bean
    RecordSender ingestSender(@Qualifier("ingestProducer") Producer<byte[], byte[]> producer) {
        return new RecordSender(producer);
    }

    @Bean
    IngestProblems ingestProblems() {
        return new IngestProblems();
    }
}
