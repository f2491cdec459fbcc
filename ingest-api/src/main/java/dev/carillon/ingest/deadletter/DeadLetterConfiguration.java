package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.reading.FollowIntoTable;
import dev.carillon.ingest.reading.Positions;
import dev.carillon.ingest.recipient.CurrentAddresses;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
@EnableConfigurationProperties(DeadLetterProperties.class)
public class DeadLetterConfiguration {
    private static final Duration FIRST_COUNT = Duration.ofSeconds(1);
    /** As often as metrics are fetched. */
    private static final Duration COUNT_EVERY = Duration.ofSeconds(15);

    @Bean
    LetterTable ingestLetterTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new LetterTable(jdbc);
    }

    @Bean
    ActionTable ingestLetterActionTable(@Qualifier("ingestJdbc") JdbcClient jdbc) {
        return new ActionTable(jdbc);
    }

    @Bean
    FollowIntoTable ingestDeadLetters(
            KafkaClients clients,
            Topics topics,
            LetterTable table,
            ErasedTable erased,
            MeterRegistry registry,
            @Qualifier("ingestJdbc") JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        Counter unreadable = Metric.DEAD_LETTERS_UNREADABLE.counter(registry);
        List<TopicSpec> dead =
                new ArrayList<>(List.of(topics.dead(Service.ROUTER_STREAM), topics.dead(Service.INGEST_API)));
        for (Channel channel : Channel.values()) {
            dead.add(topics.dead(channel));
        }
        return new FollowIntoTable(
                clients,
                dead,
                "dead-letters",
                new ReadLetters(table, erased, topics, unreadable)::prepare,
                new Positions(jdbc),
                new TransactionTemplate(transactions));
    }

    @Bean
    KeepsRecipients ingestKeptLetters(
            @Qualifier("ingestJdbc") JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new KeptLetters(new ScrubbedLetters(jdbc), new TransactionTemplate(transactions), clock);
    }

    @Bean
    KnownCancels ingestKnownCancels(KafkaClients clients, Topics topics, Clock clock) {
        return new KnownCancels(clients, topics, clock);
    }

    @Bean
    PlanReplay ingestPlanReplay(Topics topics, CurrentAddresses addresses, KnownCancels cancels, Clock clock) {
        return new PlanReplay(topics, addresses, cancels::get, clock);
    }

    @Bean
    ReplayLetters ingestReplayLetters(
            LetterTable letters,
            ActionTable actions,
            PlanReplay plan,
            @Qualifier("ingestSender") RecordSender sender,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new ReplayLetters(letters, actions, plan, sender, new TransactionTemplate(transactions), clock);
    }

    @Bean
    ReplayThread ingestReplayThread(
            LetterTable letters,
            ActionTable actions,
            PlanReplay plan,
            ReplayLetters replay,
            DiscardLetters discard,
            KafkaClients clients,
            DeadLetterProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        ReplayMany many = new ReplayMany(letters, actions, plan, replay, transaction, clock);
        return new ReplayThread(
                () -> many.step() || discard.step(),
                actions,
                new SettleReplays(letters, replay, clients),
                letters,
                properties.retention(),
                clock);
    }

    @Bean
    DiscardLetters ingestDiscardLetters(
            LetterTable letters, ActionTable actions, PlatformTransactionManager transactions, Clock clock) {
        return new DiscardLetters(letters, actions, new TransactionTemplate(transactions), clock);
    }

    @Bean
    OpenLetters ingestOpenLetters(LetterTable letters, Topics topics, MeterRegistry registry, Clock clock) {
        return new OpenLetters(letters, topics, registry, clock);
    }

    @Bean
    Repeating ingestLetterGauge(OpenLetters open) {
        return new Repeating("ingest-open-letters", FIRST_COUNT, COUNT_EVERY, open::counts);
    }

    @Bean
    DeadLetterController ingestDeadLetterController(LetterTable letters, ReplayLetters replay, DiscardLetters discard) {
        return new DeadLetterController(letters, replay, discard);
    }

    @Bean
    ActionController ingestLetterActionController(
            ActionTable actions, LetterTable letters, DiscardLetters discard, ReplayThread thread, Clock clock) {
        return new ActionController(actions, letters, discard, thread, clock);
    }
}
