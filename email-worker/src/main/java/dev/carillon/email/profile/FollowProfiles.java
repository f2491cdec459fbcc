package dev.carillon.email.profile;

import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;

/** Reads recipients' profiles as they change. Replicas share the work; a batch may come twice. */
public final class FollowProfiles implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FollowProfiles.class);
    private static final String ROLE = "recipients";
    private static final int BATCH = 500;

    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private final Consumer<List<RecipientProfile>> changed;
    private final Consumer<RecipientId> deleted;

    /**
     * @param changed gets a batch of profiles in their order; an exception has the batch delivered again
     * @param deleted gets who is to be forgotten
     */
    public FollowProfiles(
            Containers containers,
            String topic,
            Consumer<List<RecipientProfile>> changed,
            Consumer<RecipientId> deleted) {
        this.changed = changed;
        this.deleted = deleted;
        this.container = containers.create(List.of(topic), ROLE, IsolationLevel.READ_UNCOMMITTED, BATCH);
        container.getContainerProperties().setAckMode(AckMode.BATCH);
        container.getContainerProperties().setMessageListener((BatchMessageListener<byte[], byte[]>) this::apply);
    }

    private void apply(List<ConsumerRecord<byte[], byte[]>> batch) {
        List<RecipientProfile> profiles = new ArrayList<>(batch.size());
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            try {
                if (record.value() == null) {
                    RecipientId gone = new RecipientId(new String(record.key(), StandardCharsets.UTF_8));
                    profiles.removeIf(profile -> profile.recipient().equals(gone));
                    deleted.accept(gone);
                } else {
                    profiles.add(Json.read(record.value(), RecipientProfile.class));
                }
            } catch (MalformedRecordException | IllegalArgumentException e) {
                LOG.debug("{} at offset {} is no profile", record.topic(), record.offset(), e);
            }
        }
        changed.accept(profiles);
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
