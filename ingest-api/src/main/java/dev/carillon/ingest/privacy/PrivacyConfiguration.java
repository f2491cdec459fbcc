package dev.carillon.ingest.privacy;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.reading.FollowIntoTable;
import dev.carillon.ingest.reading.Positions;
import dev.carillon.ingest.recipient.CurrentAddresses;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.personal.AnswerCommands;
import dev.carillon.platform.personal.PersonalData;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of this feature. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrivacyProperties.class)
public class PrivacyConfiguration {
    private static final Duration STEP = Duration.ofSeconds(1);

    @Bean
    PrivacyTable ingestPrivacyTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new PrivacyTable(jdbc);
    }

    @Bean
    AnswerTable ingestPrivacyAnswers(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new AnswerTable(jdbc);
    }

    @Bean
    Repeating ingestPrivacyRequests(
            PrivacyTable requests,
            AnswerTable answers,
            ErasedTable erased,
            @Qualifier("ingestSender") RecordSender sender,
            @Qualifier("ingestJdbc") JdbcClient jdbc,
            Topics topics,
            PrivacyProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        RunRequests run = new RunRequests(
                requests,
                answers,
                erased,
                new TellServices(sender, topics),
                () -> jdbc.sql("SELECT nextval('ingest.version')")
                        .query(Long.class)
                        .single(),
                properties,
                new TransactionTemplate(transactions),
                clock);
        return new Repeating("ingest-privacy", STEP, run::run);
    }

    @Bean
    FollowIntoTable ingestPrivacyReplies(
            KafkaClients clients,
            Topics topics,
            AnswerTable answers,
            @Qualifier("ingestJdbc") JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        return new FollowIntoTable(
                clients,
                List.of(topics.replies()),
                "replies",
                new ReadReplies(answers)::prepare,
                new Positions(jdbc),
                new TransactionTemplate(transactions));
    }

    @Bean
    AnswerCommands ingestAnswerCommands(
            List<KeepsRecipients> features,
            PrivacyTable requests,
            PlatformTransactionManager transactions,
            KafkaClients clients,
            @Qualifier("ingestSender") RecordSender sender,
            Topics topics,
            Clock clock) {
        PersonalData here = new KeptHere(features, requests, clock);
        return new AnswerCommands(Service.INGEST_API, here, transactions, clients, sender, topics, clock);
    }

    @Bean
    PrivacyController ingestPrivacyController(
            PrivacyTable requests,
            AnswerTable answers,
            ErasedTable erased,
            CurrentAddresses addresses,
            PrivacyProperties properties,
            Topics topics,
            PlatformTransactionManager transactions,
            Clock clock) {
        BeginRequests begin =
                new BeginRequests(requests, erased, addresses, new TransactionTemplate(transactions), clock);
        return new PrivacyController(begin, requests, answers, properties, topics);
    }
}
