package dev.carillon.platform.delivery;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.control.ControlTail;
import dev.carillon.platform.delivery.PollLoop.DueTime;
import dev.carillon.platform.delivery.PollLoop.Reading;
import dev.carillon.platform.delivery.PollLoop.Window;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.platform.kafka.ReadLoop;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.repeat.Spacing;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Attempts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a channel: reads the deliveries and the retry tiers of both lanes (committed records only) and has its {@link ChannelSender}
 * attempt each. An accepted delivery may be attempted again after a crash between the hand-off and the commit of its
 * offset; senders that must not repeat themselves keep a ledger.
 */
public final class DeliveryWorker implements SmartLifecycle {
    /**
     * More than any provider needs of usual deliveries. Large ones, with files in them, must not fill the heap while a slow
     * provider lets few of them through.
     */
    static final long WINDOW_OCTETS = 16L << 20;

    /** On top of an attempt's limit, for what follows from it to be written. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    /** How long a stop may take: attempts end and what follows is written, the producer and then the controls are closed. */
    public static final Duration LONGEST_STOP = WorkerSettings.SEND_LIMIT
            .plus(SETTLE.multipliedBy(2))
            .plus(RecordSender.CLOSE_TIMEOUT)
            .plus(ReadLoop.STOPPING);

    private final Service service;
    private final ChannelSender sender;
    private final WorkerSettings settings;
    private final KafkaClients clients;
    private final Topics topics;
    private final Clock clock;
    private final Tracing tracing;
    private @Nullable Running running;

    public DeliveryWorker(
            Service service,
            ChannelSender sender,
            WorkerSettings settings,
            KafkaClients clients,
            Topics topics,
            Clock clock,
            Tracing tracing) {
        this.service = service;
        this.sender = sender;
        this.settings = settings;
        this.clients = clients;
        this.topics = topics;
        this.clock = clock;
        this.tracing = tracing;
    }

    /** What exists while the worker runs. */
    private record Running(
            ControlTail controls,
            List<PollLoop> loops,
            List<Thread> pollers,
            Thread settler,
            RecordSender records,
            ExecutorService threads) {}

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        RecordSender records = new RecordSender(clients.producer(service, "sender"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Settlement settlement = new Settlement(topics, sender.channel(), clock);
        Settler settler = new Settler(
                records,
                topics.outcomes(),
                new DeadLetters(topics.dead(sender.channel()), clock),
                new Spacing(Settler.TOGETHER));
        ControlTail controls = ControlTail.start(clients, service, topics.controls(), clock);
        Room room = new Room(settings.maxInFlight(), settings.bulkInFlight());
        CircuitBreaker breaker = new CircuitBreaker();
        BooleanSupplier down = () -> breaker.isOpen() || sender.isDown();
        List<PollLoop> loops = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            Attempt attempt = new Attempt(sender, threads, settings.sendLimit(), room, lane, breaker);
            Handling handling = new Handling(attempt, settlement, controls.cancellations(), clock, tracing);
            loops.addAll(loops(lane, new DeliveryFlow(new Chains(threads), handling, settlement, settler), down));
        }
        List<Thread> pollers = new ArrayList<>();
        for (PollLoop loop : loops) {
            pollers.add(thread("poll-" + (pollers.size() + 1), loop));
        }
        running = new Running(controls, loops, pollers, thread("settle", settler), records, threads);
    }

    /** Each lane has consumers, chains and retries of its own: none waits for a record of the other. */
    private List<PollLoop> loops(Lane lane, DeliveryFlow flow, BooleanSupplier down) {
        boolean direct = lane == Lane.DIRECT;
        String deliveries = topics.deliveries(sender.channel(), lane).name();
        Reading main = reading(List.of(deliveries), (topic, received) -> null);
        Stream<PollLoop> loops = Stream.generate(() -> loop(direct ? "" : lane.code(), main, flow, down))
                .limit(settings.consumers());
        String retryRole = direct ? "retry" : lane.code() + ".retry";
        return Stream.concat(loops, Stream.of(loop(retryRole, retries(lane), flow, down)))
                .toList();
    }

    private PollLoop loop(String role, Reading reading, DeliveryFlow flow, BooleanSupplier down) {
        return new PollLoop(
                () -> clients.committedReader(service, role, settings.batchSize()), reading, flow, down, clock);
    }

    private Reading retries(Lane lane) {
        Map<String, Integer> tiers = new LinkedHashMap<>();
        for (int tier = 1; tier <= topics.settings().retryTiers().size(); tier++) {
            tiers.put(topics.retries(sender.channel(), lane, tier).name(), tier);
        }
        RetryPlan plan = new RetryPlan(topics.settings().retryTiers());
        return reading(
                List.copyOf(tiers.keySet()),
                (topic, received) -> lookAgain(
                        plan, tiers.getOrDefault(topic, 1), received.delivery().attempts()));
    }

    private Reading reading(List<String> topicNames, DueTime dueTime) {
        return new Reading(
                topicNames,
                new DeliveryDecoder(sender.channel()),
                dueTime,
                new Window(Math.max(settings.batchSize(), 2 * settings.maxInFlight()), WINDOW_OCTETS),
                settings.sendLimit().plus(SETTLE));
    }

    private static @Nullable Instant lookAgain(RetryPlan plan, int tier, Attempts attempts) {
        return attempts.waitingSince() == null
                ? attempts.notBefore()
                : plan.lookAgain(tier, attempts.waitingSince(), attempts.notBefore());
    }

    private Thread thread(String role, Runnable work) {
        return Thread.ofPlatform().daemon().name(service.code() + "-" + role).start(work);
    }

    /** Who is known to want nothing any more, while it runs. */
    synchronized Cancellations cancellations() {
        return Objects.requireNonNull(running, "it does not run").controls().cancellations();
    }

    /** Lets what was begun come to its end, within the limit of an attempt. */
    @Override
    public synchronized void stop() {
        Running now = running;
        if (now == null) {
            return;
        }
        running = null;
        now.loops().forEach(PollLoop::stop);
        try {
            long end = System.nanoTime()
                    + settings.sendLimit().plus(SETTLE.multipliedBy(2)).toNanos();
            for (Thread poller : now.pollers()) {
                boolean _ = poller.join(Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        now.threads().shutdownNow();
        now.settler().interrupt();
        now.records().close();
        now.controls().close();
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
