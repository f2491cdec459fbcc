package dev.carillon.router.runtime;

import dev.carillon.platform.kafka.Phases;
import dev.carillon.router.topology.RoutingTopology;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the topology for as long as the application runs. A thread that died is replaced; where Kafka Streams as a whole
 * gave up, it is started again; only where another router runs under the same name it stays stopped. It starts in the background: the topics exist by then.
 */
final class RouterStreams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RouterStreams.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);
    /** The limit, and what comes before and after it. */
    static final Duration LONGEST_STOP = CLOSE_LIMIT.plusSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final RoutingTopology routing;
    private final Topology topology;
    private final StreamsProperties properties;
    private final RouterSettings settings;
    private final Clock clock;
    private volatile boolean fenced;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Thread keeper;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    RouterStreams(RoutingTopology routing, StreamsProperties properties, RouterSettings settings, Clock clock) {
        this.routing = routing;
        this.topology = routing.build();
        this.properties = properties;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        stopping = end;
        fenced = false;
        keeper = Thread.ofPlatform().name("router-keeper").start(() -> keepRunning(end));
    }

    /** Leaves the group's place to the next start of this instance. */
    @Override
    public void stop() {
        stopping.countDown();
        Thread thread = keeper;
        if (thread != null) {
            join(thread);
        }
        keeper = null;
    }

    @Override
    public boolean isRunning() {
        return keeper != null;
    }

    @Override
    public int getPhase() {
        return Phases.ROUTER;
    }

    KafkaStreams.State state() {
        KafkaStreams current = streams;
        return current == null ? KafkaStreams.State.CREATED : current.state();
    }

    /** Whether another router took this one's name, so that this one does not route. */
    boolean isFenced() {
        return fenced;
    }

    /** Whether somebody still starts it again where it fails. */
    boolean isKept() {
        Thread thread = keeper;
        return thread != null && thread.isAlive();
    }

    private void keepRunning(CountDownLatch end) {
        Duration pause = FIRST_PAUSE;
        while (end.getCount() > 0 && !fenced) {
            long started = System.nanoTime();
            runOnce(end);
            boolean lasted = System.nanoTime() - started > LONGEST_PAUSE.toNanos();
            pause = lasted ? FIRST_PAUSE : longer(pause);
            if (!fenced) {
                await(end, pause);
            }
        }
    }

    /**
     * Returns when the router is to stop, or has failed. A thread that did not stop in time may still open stores, so
     * their memory is left to the end of the process: native code does not survive the use of what was freed.
     */
    private void runOnce(CountDownLatch end) {
        CountDownLatch over = new CountDownLatch(1);
        StoreMemory memory = new StoreMemory(settings.memory());
        boolean unused = true;
        try {
            KafkaStreams current = new KafkaStreams(
                    topology, properties.with(memory), properties.clients(routing::isBehind), new ClockTime(clock));
            streams = current;
            unused = false;
            LeftStores stores = new LeftStores(settings.stateDir());
            try {
                stores.open(current);
                run(current, over, end);
            } finally {
                unused = current.close(CLOSE_LIMIT);
                if (unused) {
                    stores.closed();
                }
                LOG.info(
                        "The router has {}", unused ? "stopped" : "not stopped in time; it goes on where it committed");
            }
        } catch (RuntimeException e) {
            LOG.error("The router cannot run and is started again", e);
        } finally {
            if (unused) {
                memory.close();
            }
        }
    }

    /** A thread that one of the earlier instances left behind may be fenced by the present one, which means nothing. */
    @SuppressWarnings("ReferenceEquality")
    private void run(KafkaStreams current, CountDownLatch over, CountDownLatch end) {
        current.setUncaughtExceptionHandler(new ReplaceThread(() -> fenced = fenced || current.equals(streams)));
        current.setStateListener((now, before) -> {
            LOG.info("The router is {}, was {}", now, before);
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                over.countDown();
            }
        });
        current.start();
        while (over.getCount() > 0 && end.getCount() > 0) {
            await(end, Duration.ofMillis(100));
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static void await(CountDownLatch latch, Duration most) {
        try {
            var ignored = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            latch.countDown();
        }
    }

    private static void join(Thread thread) {
        try {
            var ignored = thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
