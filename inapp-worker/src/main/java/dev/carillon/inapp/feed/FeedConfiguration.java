package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.inapp.live.UnreadCounts;
import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

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
    FeedMarks inappFeedMarks(DataSource database, @Qualifier("inappSchema") SchemaMigration schema) {
        return new FeedMarks(JdbcClient.create(database));
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
    MarkNotifications inappMarkNotifications(
            FeedReader feed,
            FeedMarks marks,
            @Qualifier("inappRecords") RecordSender records,
            Topics topics,
            LiveRecords live,
            Clock clock) {
        return new MarkNotifications(feed, marks, records, topics.activity(), live, clock);
    }

    @Bean
    FeedController inappFeedController(FeedReader feed, MarkNotifications mark) {
        return new FeedController(feed, mark);
    }

    @Bean
    StoreNotifications inappStoreNotifications(
            FeedWriter writer,
            FeedReader reader,
            LiveRecords live,
            @Qualifier("inappRecords") RecordSender records,
            Topics topics,
            FeedLimit limit,
            Clock clock) {
        FeedAnnouncements announcements = new FeedAnnouncements(reader, live, topics.outcomes());
        return new StoreNotifications(writer, announcements, records, limit, clock);
    }

    @Bean
    FeedWorker inappFeedWorker(
            KafkaClients clients,
            Topics topics,
            StoreNotifications store,
            @Qualifier("inappRecords") RecordSender records,
            FeedProperties properties,
            Clock clock) {
        return new FeedWorker(
                clients,
                topics,
                cancellations -> new FeedListener(store, cancellations, records, topics, clock),
                properties,
                clock);
    }
}
