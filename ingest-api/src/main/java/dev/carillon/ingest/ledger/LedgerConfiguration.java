package dev.carillon.ingest.ledger;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.personal.KeptUnderPseudonym;
import dev.carillon.ingest.reading.DayPartitions;
import dev.carillon.ingest.reading.FollowIntoTable;
import dev.carillon.ingest.reading.Positions;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Time;
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
@EnableConfigurationProperties(LedgerProperties.class)
@Import(LedgerConfiguration.Writing.class)
public class LedgerConfiguration {
    @Bean
    LedgerTable ingestLedgerTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new LedgerTable(jdbc);
    }

    @Bean
    Ledger ingestLedger(LedgerTable table) {
        return new Ledger(table);
    }

    @Bean
    KeepsRecipients ingestKeptLedger(@Qualifier("ingestJdbc") JdbcClient jdbc, LedgerTable table) {
        return new KeptUnderPseudonym(jdbc, "ledger", table::pseudonymise);
    }

    @Bean
    LedgerController ingestLedgerController(LedgerTable table) {
        return new LedgerController(new ReadLedger(table));
    }

    @Bean
    CountsController ingestLedgerCountsController(@Qualifier("ingestJdbc") JdbcClient jdbc, Clock clock) {
        return new CountsController(new LedgerCounts(jdbc), clock);
    }

    /** The role that writes. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "carillon.ingest.ledger.enabled", havingValue = "true", matchIfMissing = true)
    static class Writing {
        /** As long as a stop waits for a reader. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        @Bean
        DayPartitions ingestLedgerDays(
                @Qualifier("ingestJdbc") JdbcClient jdbc,
                PlatformTransactionManager transactions,
                LedgerProperties properties,
                Clock clock) {
            return new DayPartitions(
                    "ledger", jdbc, new TransactionTemplate(transactions), properties.retention(), clock);
        }

        @Bean
        Repeating ingestLedgerSweep(
                @Qualifier("ingestLedgerDays") DayPartitions days,
                @Qualifier("ingestJdbc") JdbcClient jdbc,
                PlatformTransactionManager transactions,
                LedgerProperties properties,
                Clock clock) {
            LedgerCounts counts = new LedgerCounts(jdbc);
            LateRows late =
                    new LateRows(jdbc, days, new TransactionTemplate(transactions), properties.retention(), clock);
            return new Repeating("ingest-ledger-sweep", Duration.ofMinutes(1), Duration.ofHours(1), () -> {
                late.move();
                days.dropOld();
                counts.forget(days.first().minusYears(1));
            });
        }

        @Bean
        Audit ingestLedgerAudit(LedgerTable table, LedgerProperties properties, MeterRegistry registry, Clock clock) {
            return new Audit(table, properties.unaccountedAfter(), registry, clock);
        }

        @Bean
        Repeating ingestLedgerAudits(Audit audit) {
            return new Repeating("ingest-ledger-audit", Duration.ofMinutes(1), audit::look);
        }

        @Bean
        OutcomesFirst ingestOutcomesFirst(KafkaClients clients, Topics topics) {
            return new OutcomesFirst(
                    clients::admin,
                    topics.outcomes().name(),
                    topics.group(Service.INGEST_API, Ledger.ROLE),
                    PATIENCE,
                    Time.SYSTEM::milliseconds);
        }

        @Bean
        LedgerBatches ingestLedgerBatches(
                @Qualifier("ingestJdbc") JdbcClient jdbc,
                LedgerTable table,
                @Qualifier("ingestLedgerDays") DayPartitions days,
                LedgerProperties properties,
                LedgerListener listener,
                ErasedTable erased,
                TypeCatalogue types,
                OutcomesFirst first,
                MeterRegistry registry) {
            return new LedgerBatches(
                    new WriteLedger(table, new LedgerCounts(jdbc), days, properties, erased),
                    new WriteMarks(table, Metric.LEDGER_PHANTOMS.counter(registry)),
                    listener,
                    new OutcomeMetrics(registry, type -> types.find(type) != null),
                    Metric.LEDGER_UNREADABLE.counter(registry),
                    first);
        }

        @Bean
        FollowIntoTable ingestLedgerOutcomes(
                KafkaClients clients,
                Topics topics,
                LedgerBatches batches,
                @Qualifier("ingestJdbc") JdbcClient jdbc,
                PlatformTransactionManager transactions) {
            return new FollowIntoTable(
                    clients,
                    List.of(topics.outcomes()),
                    Ledger.ROLE,
                    batches::outcomes,
                    new Positions(jdbc),
                    new TransactionTemplate(transactions));
        }

        @Bean
        FollowIntoTable ingestLedgerMarks(
                KafkaClients clients,
                Topics topics,
                LedgerBatches batches,
                @Qualifier("ingestJdbc") JdbcClient jdbc,
                PlatformTransactionManager transactions) {
            return new FollowIntoTable(
                    clients,
                    List.of(topics.activity()),
                    "ledger-marks",
                    batches::activity,
                    new Positions(jdbc),
                    new TransactionTemplate(transactions));
        }
    }
}
