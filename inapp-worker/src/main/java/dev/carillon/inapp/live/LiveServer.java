package dev.carillon.inapp.live;

import dev.carillon.inapp.ticket.StreamCaller;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;

/**
 * The live side of a replica while it runs: the tail of the topic, the connected clients and their pulse. It starts before
 * the web server and is complete only when the tail has caught up, so that no client meets a replica that knows too little.
 */
final class LiveServer implements SmartLifecycle, LocalClients {
    private static final Logger LOG = LoggerFactory.getLogger(LiveServer.class);

    private final KafkaClients clients;
    private final TopicSpec topic;
    private final LiveProperties properties;
    private final Feed feed;
    private final Clock clock;
    private final LiveSessions sessions;
    private volatile @Nullable Running running;
    private volatile boolean draining;

    LiveServer(
            KafkaClients clients,
            TopicSpec topic,
            LiveProperties properties,
            Feed feed,
            LiveSessions sessions,
            Clock clock) {
        this.clients = clients;
        this.topic = topic;
        this.properties = properties;
        this.feed = feed;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What clients are told out of the database. */
    record Feed(UnreadCounts unread, StoredNotifications stored) {}

    private record Running(LiveStreams streams, TellCounts counts, LiveTail tail, LivePulse pulse) {}

    /**
     * Lets a client in.
     *
     * @param since what it knows; null where it knows nothing
     * @throws ProblemException 503 while this replica starts or stops
     */
    Admission admit(StreamCaller caller, @Nullable LivePosition since) {
        return new Admission(
                streams(), feed.stored(), caller, properties.buffer().toBytes(), since);
    }

    /** @throws ProblemException 503 while this replica starts or stops */
    LiveStreams streams() {
        Running now = running;
        if (now == null || draining) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "not_ready",
                    "this replica starts or stops",
                    List.of(),
                    Duration.ofSeconds(1));
        }
        return now.streams();
    }

    LiveSessions sessions() {
        return sessions;
    }

    @Override
    public void tell(RecipientId recipient, Object change) {
        Running now = running;
        if (now != null) {
            for (LiveSession session : sessions.of(recipient.value())) {
                now.streams().tell(session, LiveEvents.updated(change));
                now.counts().changed(session);
            }
        }
    }

    /** No stream is opened from now on. */
    void drain() {
        draining = true;
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        TellCounts counts = new TellCounts(feed.unread(), sessions);
        LiveStreams streams = new LiveStreams(topicId(), topic.partitions(), sessions, properties, counts::changed);
        LiveTail tail = new LiveTail(clients, topic, streams, properties.replay(), clock);
        tail.start();
        try {
            tail.awaitCaughtUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the live topic is read", e);
        }
        LivePulse pulse = new LivePulse(sessions, streams, counts, clock, properties, TcpTable.own()::unacknowledged);
        running = new Running(streams, counts, tail, pulse);
        draining = false;
    }

    private Uuid topicId() {
        try (Admin admin = clients.admin()) {
            TopicDescription description = admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .get(topic.name());
            return Objects.requireNonNull(description, topic.name()).topicId();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the live topic is described", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the live topic cannot be described", e);
        }
    }

    @Override
    public synchronized void stop() {
        Running now = running;
        if (now == null) {
            return;
        }
        now.pulse().close();
        now.tail().close();
        running = null;
        LOG.debug("the live side has stopped");
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.LIVE;
    }
}
