package dev.carillon.platform.personal;

import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.reply.ExportParts;
import dev.carillon.schemas.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers exports and erasures for a service. One replica does each command; while the database or the broker is away it
 * is delivered again, and a service that was down finds it when it is back.
 */
public final class AnswerCommands implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerCommands.class);
    private static final String ROLE = "personal-data";
    private static final int BATCH = 20;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Service service;
    private final PersonalData data;
    private final TransactionOperations reading;
    private final RecordSender records;
    private final TopicSpec replies;
    private final Clock clock;
    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;

    public AnswerCommands(
            Service service,
            PersonalData data,
            PlatformTransactionManager transactions,
            KafkaClients clients,
            RecordSender records,
            Topics topics,
            Clock clock) {
        this.service = service;
        this.data = data;
        this.reading = new TransactionTemplate(transactions);
        this.records = records;
        this.replies = topics.replies();
        this.clock = clock;
        this.container = new Containers(clients, service)
                .create(List.of(topics.commands().name()), ROLE, IsolationLevel.READ_COMMITTED, BATCH);
        container.getContainerProperties().setAckMode(AckMode.BATCH);
        container.getContainerProperties().setMessageListener((BatchMessageListener<byte[], byte[]>)
                batch -> batch.forEach(this::answer));
    }

    private void answer(ConsumerRecord<byte[], byte[]> record) {
        try {
            answer(Json.read(record.value(), Command.class));
        } catch (MalformedRecordException e) {
            LOG.debug("{} at offset {} is no command", record.topic(), record.offset(), e);
        }
    }

    private void answer(Command command) {
        switch (command) {
            case Command.Export asked -> export(asked);
            case Command.Erase wanted -> {
                var removed = data.erase(wanted);
                LOG.info("erasure {}, round {}: removed {}", wanted.request(), wanted.round(), removed);
                send(List.of(
                        new Reply.Erased(wanted.request(), wanted.round(), service, 0, 1, removed, clock.instant())));
            }
            case Command.Dismiss _, Command.DismissGroup _, Command.SubjectGone _, Command.ActorErased _ -> {
                // For the feed alone.
            }
        }
    }

    /** Rows are read while the replies before them are sent: what a recipient has need not fit into memory. */
    private void export(Command.Export asked) {
        var parts = new ExportParts(asked.request(), service, clock.instant(), reply -> send(List.of(reply)));
        reading.executeWithoutResult(status -> data.export(asked, parts));
        parts.end();
    }

    private void send(List<? extends Reply> all) {
        try {
            records.sendAll(all.stream().map(this::record).toList(), LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted before the broker acknowledged", e);
        }
    }

    private OutgoingRecord record(Reply reply) {
        byte[] key = reply.request().getBytes(StandardCharsets.UTF_8);
        int partition = Partitions.of(key, replies.partitions());
        return new OutgoingRecord(replies, partition, key, Json.write(reply), List.of());
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
