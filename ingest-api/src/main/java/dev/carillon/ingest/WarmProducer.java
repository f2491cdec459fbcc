package dev.carillon.ingest;

import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the producer learn where its topics are before the first caller waits for it: she would be told 503 where the
 * first answer of the broker takes longer than a send may block.
 */
final class WarmProducer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WarmProducer.class);

    private final Producer<byte[], byte[]> producer;
    private final List<TopicSpec> topics;
    private volatile boolean running;

    WarmProducer(Producer<byte[], byte[]> producer, Topics topics) {
        this.producer = producer;
        this.topics = List.of(
                topics.intake(Lane.DIRECT),
                topics.intake(Lane.BULK),
                topics.recipients(),
                topics.audienceMembers(),
                topics.types());
    }

    @Override
    public void start() {
        running = true;
        topics.forEach(this::learn);
    }

    private void learn(TopicSpec topic) {
        while (running) {
            try {
                producer.partitionsFor(topic.name());
                return;
            } catch (RetriableException e) {
                LOG.debug("{} is not known yet: {}", topic.name(), e.getMessage());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Phases.TOPICS + 1;
    }
}
