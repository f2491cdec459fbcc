package dev.carillon.inapp.feed;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.control.ControlTail;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.platform.kafka.ReadLoop;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the channel's deliveries, each lane for itself, uncommitted ones too: what the router decides is on the screen
 * before its transaction commits, and an aborted decision is made again under the same id, or is a notification shown too
 * much.
 */
final class FeedWorker implements SmartLifecycle {
    private final KafkaClients clients;
    private final Topics topics;
    private final FeedLanes lanes;
    private final FeedProperties properties;
    private final Clock clock;
    private List<ReadLoop> loops = List.of();
    private @Nullable ControlTail controls;

    FeedWorker(KafkaClients clients, Topics topics, FeedLanes lanes, FeedProperties properties, Clock clock) {
        this.clients = clients;
        this.topics = topics;
        this.lanes = lanes;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        ControlTail tail = ControlTail.start(clients, Service.INAPP_WORKER, topics.controls(), clock);
        controls = tail;
        loops = Stream.of(Lane.values())
                .flatMap(lane -> loops(lane, lanes.of(tail.cancellations(), lane)))
                .toList();
        loops.forEach(ReadLoop::start);
    }

    private Stream<ReadLoop> loops(Lane lane, FeedLane reading) {
        String role = lane == Lane.DIRECT ? "" : lane.code();
        return IntStream.range(0, properties.consumers())
                .mapToObj(number -> new ReadLoop(
                        Service.INAPP_WORKER.code() + "-" + lane.code() + "-" + number,
                        () -> clients.uncommittedReader(Service.INAPP_WORKER, role, number, properties.batchSize()),
                        reading));
    }

    @Override
    public synchronized void stop() {
        loops.forEach(ReadLoop::end);
        loops.forEach(ReadLoop::awaitEnd);
        loops = List.of();
        ControlTail tail = controls;
        controls = null;
        if (tail != null) {
            tail.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return controls != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }

    /** Makes what reads a lane. */
    @FunctionalInterface
    interface FeedLanes {
        FeedLane of(Cancellations cancellations, Lane lane);
    }
}
