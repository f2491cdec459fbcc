package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.inapp.live.LocalClients;
import dev.carillon.inapp.live.UnreadCounts;
import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.platform.personal.AnswerCommands;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.command.Command;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The feed's part of the service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedProperties.class)
public class FeedConfiguration {

    @Bean
    FeedReader inappFeedReader(DataSource database, @Qualifier("inappSchema") SchemaMigration schema, Clock clock) {
        return new FeedReader(JdbcClient.create(database), clock);
    }

    @Bean
    FeedWriter inappFeedWriter(DataSource database, @Qualifier("inappSchema") SchemaMigration schema) {
        return new FeedWriter(new JdbcTemplate(database));
    }

    @Bean
    FeedLists inappFeedLists(DataSource database, @Qualifier("inappSchema") SchemaMigration schema, Clock clock) {
        return new FeedLists(JdbcClient.create(database), clock);
    }

    @Bean
    UnreadCounts inappUnreadCounts(FeedReader feed) {
        return feed::unreadCounts;
    }

    @Bean
    RecordSender inappRecords(KafkaClients clients) {
        return new RecordSender(clients.producer(Service.INAPP_WORKER, "sender"));
    }

    @Bean
    RecordSender inappAnnouncements(KafkaClients clients) {
        return new RecordSender(clients.patientProducer(Service.INAPP_WORKER, "announcements"));
    }

    @Bean
    TransactionTemplate inappTransaction(DataSource database) {
        return new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    @Bean
    GoneSubjects inappGoneSubjects(DataSource database, @Qualifier("inappSchema") SchemaMigration schema, Clock clock) {
        return new GoneSubjects(JdbcClient.create(database), clock);
    }

    @Bean
    StoreNotifications inappStoreNotifications(
            StoreBatch batch,
            FeedReader reader,
            LiveRecords live,
            Topics topics,
            GoneSubjects gone,
            FeedLimit limit,
            Clock clock) {
        return new StoreNotifications(batch, new FeedAnnouncements(reader, live, topics), gone, limit, clock);
    }

    @Bean
    StoreBatch inappStoreBatch(
            FeedWriter writer,
            GoneSubjects gone,
            DataSource database,
            @Qualifier("inappTransaction") TransactionTemplate transaction) {
        return new StoreBatch(writer, new SettleGroups(JdbcClient.create(database)), gone, transaction);
    }

    @Bean
    FeedWorker inappFeedWorker(
            KafkaClients clients,
            Topics topics,
            StoreNotifications store,
            FeedReader rows,
            @Qualifier("inappAnnouncements") RecordSender records,
            FeedProperties properties,
            Clock clock,
            MeterRegistry registry,
            Tracing tracing) {
        return new FeedWorker(
                clients,
                topics,
                (cancellations, lane) -> new FeedLane(
                        topics.deliveries(Channel.INAPP, lane),
                        new FeedIntake(store, rows, cancellations, topics, clock, tracing),
                        records,
                        clock,
                        Metric.DELIVERED.timer(registry, Channel.INAPP.code(), lane.code())),
                properties,
                clock);
    }

    @Bean
    RecordWorker<Command> inappCommandWorker(
            KafkaClients clients,
            Topics topics,
            DismissNotifications dismiss,
            DataSource database,
            @Qualifier("inappSchema") SchemaMigration schema) {
        return new RecordWorker<>(
                new Containers(clients, Service.INAPP_WORKER),
                topics.commands(),
                "commands",
                Command.class,
                new ApplyCommands(dismiss, new Namings(JdbcClient.create(database)))::apply);
    }

    @Bean
    AnswerCommands inappAnswerCommands(
            DataSource database,
            @Qualifier("inappSchema") SchemaMigration schema,
            GoneSubjects gone,
            PlatformTransactionManager transactions,
            KafkaClients clients,
            @Qualifier("inappRecords") RecordSender records,
            Topics topics,
            Clock clock) {
        var data = new FeedPersonalData(JdbcClient.create(database), gone);
        return new AnswerCommands(Service.INAPP_WORKER, data, transactions, clients, records, topics, clock);
    }

    /** What is done to a push or a mail is done to its item of the feed. */
    @Bean
    RecordWorker<Activity> inappActivityWorker(KafkaClients clients, Topics topics, MarkNotifications mark) {
        return new RecordWorker<>(
                new Containers(clients, Service.INAPP_WORKER),
                topics.activity(),
                "activity",
                Activity.class,
                activity -> {
                    if (activity instanceof Activity.Clicked click) {
                        mark.follow(click);
                    }
                });
    }

    /** What happens to rows at an instant. */
    @Bean
    Repeating inappInstants(
            DataSource database,
            Screens screens,
            LocalClients clients,
            FeedLimit limit,
            DismissNotifications dismiss,
            FeedProperties properties,
            Clock clock) {
        JdbcClient jdbc = JdbcClient.create(database);
        WakeNotifications wake = new WakeNotifications(jdbc, screens, limit::grew, clock);
        ExpireOnTime expire = new ExpireOnTime(jdbc, clients, clock);
        return new Repeating("inapp-instants", properties.instants(), () -> {
            wake.wake();
            expire.tell();
            dismiss.aboutAgain();
        });
    }
}
