package dev.carillon.router.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** A value on its way out, with the partition that it goes to: always the one that its input came from. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outgoing(int partition, byte[] value) {
    static final Serializer<Outgoing> SERIALIZER = (topic, outgoing) -> outgoing.value;

    static final StreamPartitioner<byte[], Outgoing> PARTITIONER =
            (topic, key, outgoing, partitions) -> Optional.of(Set.of(outgoing.partition));
}
