package dev.carillon.inapp.retention;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.inapp.ticket.TicketStore;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.repeat.Repeating;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The retention's part of the service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
public class RetentionConfiguration {

    @Bean
    TellRetired inappTellRetired(@Qualifier("inappRecords") RecordSender records, LiveRecords live) {
        return new TellRetired(records, live);
    }

    @Bean
    FeedLimit inappFeedLimit(
            DataSource database,
            @Qualifier("inappSchema") SchemaMigration schema,
            TellRetired screens,
            RetentionProperties properties,
            Clock clock) {
        return new FeedLimit(JdbcClient.create(database), screens, properties.maxPerRecipient(), clock);
    }

    @Bean
    RetentionSweep inappRetentionSweep(
            DataSource database,
            @Qualifier("inappSchema") SchemaMigration schema,
            TellRetired screens,
            TicketStore tickets,
            RetentionProperties properties,
            Clock clock) {
        return new RetentionSweep(JdbcClient.create(database), screens, tickets, properties, clock);
    }

    @Bean
    Repeating inappRetention(
            RetentionSweep sweep, FeedLimit limit, RetentionProperties properties, MeterRegistry metrics) {
        Retention retention = new Retention(sweep, limit, metrics);
        return new Repeating("inapp-retention", properties.interval(), retention::run);
    }
}
