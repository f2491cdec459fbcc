package dev.carillon.platform.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Partitions of one container that rest until their next record is due. Safe for all threads. */
final class Resting {
    private final MessageListenerContainer container;
    private final Map<TopicPartition, Instant> due = new ConcurrentHashMap<>();

    Resting(MessageListenerContainer container) {
        this.container = container;
    }

    void until(TopicPartition partition, Instant instant) {
        container.pausePartition(partition);
        due.put(partition, instant);
    }

    /** Wakes every partition that is due. */
    void wake(Instant now) {
        due.forEach((partition, at) -> {
            if (!at.isAfter(now) && due.remove(partition, at)) {
                container.resumePartition(partition);
            }
        });
    }
}
