package dev.carillon.ingest.schedule;

import dev.carillon.ingest.intake.ScheduledEvents;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.platform.repeat.Repeating;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScheduleProperties.class)
public class ScheduleConfiguration {
    @Bean
    ScheduleTable ingestScheduleTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new ScheduleTable(jdbc);
    }

    @Bean
    Repeating ingestFireSchedules(
            ScheduleTable table,
            ScheduledEvents events,
            PlatformTransactionManager transactions,
            Clock clock,
            ScheduleProperties properties) {
        FireSchedules fire = new FireSchedules(table, events, new TransactionTemplate(transactions), clock);
        return new Repeating("ingest-schedules", properties.poll(), fire::fireDue);
    }

    @Bean
    KeepsRecipients ingestKeptSchedules(ScheduleTable table, PlatformTransactionManager transactions) {
        return new KeptSchedules(table, new TransactionTemplate(transactions));
    }

    @Bean
    ScheduleController ingestScheduleController(
            ScheduleTable table, ScheduledEvents events, PlatformTransactionManager transactions, Clock clock) {
        return new ScheduleController(
                table,
                new ScheduleReader(events, clock),
                new ChangeSchedules(table, new TransactionTemplate(transactions), clock));
    }
}
