package dev.carillon.ingest.deadletter;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.control.ControlTail;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** What was cancelled in the last 30 days, as the workers know it. */
final class KnownCancels implements SmartLifecycle {
    private final KafkaClients clients;
    private final Topics topics;
    private final Clock clock;
    private volatile @Nullable ControlTail tail;

    KnownCancels(KafkaClients clients, Topics topics, Clock clock) {
        this.clients = clients;
        this.topics = topics;
        this.clock = clock;
    }

    Cancellations get() {
        ControlTail running = tail;
        if (running == null) {
            throw new IllegalStateException("nothing is replayed before the start or after the stop");
        }
        return running.cancellations();
    }

    @Override
    public void start() {
        tail = ControlTail.start(clients, Service.INGEST_API, topics.controls(), clock);
    }

    @Override
    public void stop() {
        ControlTail running = tail;
        tail = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return tail != null;
    }

    /** Before whoever asks. */
    @Override
    public int getPhase() {
        return Phases.WORKERS - 1;
    }
}
