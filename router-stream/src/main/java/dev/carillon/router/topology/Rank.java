package dev.carillon.router.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Gives every record of a source the same timestamp: its rank. Streams takes the record with the oldest timestamp first,
 * so a source of a lower rank always goes before one of a higher: a queue of bulk events never delays a direct one, and
 * a setting is in force before the events that come after it. Nothing reads these timestamps as times.
 */
record Rank(long rank) implements TimestampExtractor {
    static final Rank SETTINGS = new Rank(0);
    static final Rank ACTIVITY = new Rank(1);
    static final Rank DIRECT = new Rank(2);
    static final Rank BULK = new Rank(3);

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return rank;
    }
}
