package dev.carillon.inapp.feed;

import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores and announces a batch as a lane does. */
record Storing(StoreNotifications feed, RecordSender records) {

    static Storing in(InappWorker worker) {
        return new Storing(
                worker.bean(StoreNotifications.class), worker.bean("inappAnnouncements", RecordSender.class));
    }

    /** Marks over {@code database} whose records go nowhere. */
    static MarkNotifications marks(JdbcTemplate database, Clock clock) {
        JdbcClient client = JdbcClient.create(database);
        RecordSender records =
                new RecordSender(new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
        Topics topics = InappWorker.topics("marks.");
        return new MarkNotifications(
                new FeedReader(client, clock),
                new FeedMarks(client),
                new ActivityLog(records, topics.activity()),
                new Screens(records, new LiveRecords(topics.live())),
                clock);
    }

    /** Returns when the batch is stored and announced. */
    void store(List<Delivery> batch) throws InterruptedException {
        records.sendUntilAcknowledged(feed.store(batch).records());
    }
}
