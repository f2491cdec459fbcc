package dev.carillon.ingest.activitylog;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.reading.DayPartitions;
import dev.carillon.ingest.reading.FollowIntoTable;
import dev.carillon.ingest.reading.Positions;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ActivityProperties.class)
@Import(ActivityConfiguration.Writing.class)
public class ActivityConfiguration {
    @Bean
    ActivityTable ingestActivityTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new ActivityTable(jdbc);
    }

    @Bean
    MetricTable ingestMetricTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new MetricTable(jdbc);
    }

    @Bean
    KeepsRecipients ingestKeptActivity(ActivityTable table) {
        return new KeptActivity(table);
    }

    @Bean
    ActivityController ingestActivityController(ActivityTable table, MetricTable metrics, Clock clock) {
        return new ActivityController(table, metrics, clock);
    }

    /** The role that writes. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "carillon.ingest.activity.enabled", havingValue = "true", matchIfMissing = true)
    static class Writing {
        @Bean
        DayPartitions ingestActivityDays(
                @Qualifier("ingestJdbc") JdbcClient jdbc,
                PlatformTransactionManager transactions,
                ActivityProperties properties,
                Clock clock) {
            return new DayPartitions(
                    "activity", jdbc, new TransactionTemplate(transactions), properties.retention(), clock);
        }

        @Bean
        Repeating ingestActivitySweep(@Qualifier("ingestActivityDays") DayPartitions days, MetricTable metrics) {
            return new Repeating("ingest-activity-sweep", Duration.ofMinutes(1), Duration.ofHours(1), () -> {
                days.dropOld();
                metrics.forget(days.first().minusYears(1));
            });
        }

        @Bean
        FollowIntoTable ingestActivityEvents(
                KafkaClients clients,
                Topics topics,
                ActivityTable table,
                MetricTable metrics,
                @Qualifier("ingestActivityDays") DayPartitions days,
                TypeCatalogue types,
                ErasedTable erased,
                @Qualifier("ingestJdbc") JdbcClient jdbc,
                PlatformTransactionManager transactions) {
            return new FollowIntoTable(
                    clients,
                    List.of(topics.intake(Lane.DIRECT), topics.intake(Lane.BULK)),
                    "activity-log",
                    new FollowEvents(table, metrics, days, types, erased)::prepare,
                    new Positions(jdbc),
                    new TransactionTemplate(transactions));
        }
    }
}
