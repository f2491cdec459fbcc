package dev.carillon.email.personal;

import dev.carillon.email.profile.ErasedTable;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.personal.AnswerCommands;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
public class PersonalConfiguration {
    @Bean
    AnswerCommands emailAnswerCommands(
            DataSource database,
            ErasedTable erased,
            PlatformTransactionManager transactions,
            KafkaClients clients,
            @Qualifier("emailActivityRecords") RecordSender records,
            Topics topics,
            Clock clock) {
        var data = new EmailPersonalData(JdbcClient.create(database), erased);
        return new AnswerCommands(Service.EMAIL_WORKER, data, transactions, clients, records, topics, clock);
    }
}
