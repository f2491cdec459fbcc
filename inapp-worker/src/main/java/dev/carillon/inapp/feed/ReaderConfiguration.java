package dev.carillon.inapp.feed;

import dev.carillon.inapp.catalogue.KnownTypes;
import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What readers do with their feed. */
@Configuration(proxyBeanMethods = false)
public class ReaderConfiguration {

    @Bean
    FeedMarks inappFeedMarks(DataSource database, @Qualifier("inappSchema") SchemaMigration schema) {
        return new FeedMarks(JdbcClient.create(database));
    }

    @Bean
    Dismissals inappDismissals(DataSource database, @Qualifier("inappSchema") SchemaMigration schema) {
        return new Dismissals(JdbcClient.create(database));
    }

    @Bean
    ActivityLog inappActivityLog(@Qualifier("inappRecords") RecordSender records, Topics topics) {
        return new ActivityLog(records, topics.activity());
    }

    @Bean
    Screens inappScreens(@Qualifier("inappRecords") RecordSender records, LiveRecords live) {
        return new Screens(records, live);
    }

    @Bean
    MarkNotifications inappMarkNotifications(
            FeedReader feed, FeedMarks marks, ActivityLog activities, Screens screens, Clock clock) {
        return new MarkNotifications(feed, marks, activities, screens, clock);
    }

    @Bean
    FeedForClients inappFeedForClients(DataSource database, MarkNotifications mark, Clock clock) {
        return new FeedForClients(JdbcClient.create(database), mark, clock);
    }

    @Bean
    DismissNotifications inappDismissNotifications(
            FeedReader feed,
            Dismissals dismissals,
            GoneSubjects gone,
            ActivityLog activities,
            Screens screens,
            Clock clock) {
        return new DismissNotifications(feed, dismissals, gone, activities, screens, clock);
    }

    @Bean
    FeedController inappFeedController(
            FeedLists lists, FeedReader feed, KnownTypes catalogue, DataSource database, Clock clock) {
        return new FeedController(lists, feed, new FeedTypes(catalogue, JdbcClient.create(database), clock), clock);
    }

    @Bean
    MarkController inappMarkController(MarkNotifications mark) {
        return new MarkController(mark);
    }

    @Bean
    ArrangeController inappArrangeController(
            FeedReader feed,
            FeedMarks marks,
            DismissNotifications dismiss,
            ActivityLog activities,
            Screens screens,
            FeedLimit limit,
            @Qualifier("inappTransaction") TransactionTemplate transaction,
            Clock clock) {
        return new ArrangeController(
                new ArrangeNotifications(feed, marks, activities, screens, limit::grew, clock),
                dismiss,
                new PressButton(marks, activities, screens, transaction, clock));
    }
}
