package dev.carillon.router.topology;

import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.router.hold.HoldDepth;
import dev.carillon.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects a partition's steps to Kafka: one record after the other, and what is due in between. One thread. */
final class RouteProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    /** Marks a replayed dead letter and names it, so that it is decided although its event was seen. */
    static final String REPLAY_HEADER = "carillon-replay";

    private static final Logger LOG = LoggerFactory.getLogger(RouteProcessor.class);

    private final Surroundings surroundings;
    private final RenderContent content;
    private final KnownTypes known;
    private final ThreadLocal<ThreadShare> shares;
    private @Nullable Running running;

    /** @param shares of the threads that run partitions; a partition is opened by the thread that runs it */
    RouteProcessor(
            Surroundings surroundings, RenderContent content, KnownTypes known, ThreadLocal<ThreadShare> shares) {
        this.surroundings = surroundings;
        this.content = content;
        this.known = known;
        this.shares = shares;
    }

    /** @throws StreamsException where Streams opens the partition again in this object, which ends the thread */
    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        if (running != null) {
            throw new StreamsException("a partition is opened anew only with all that belongs to it (ADR 039)");
        }
        RoutingSettings settings = surroundings.settings();
        Clock clock = surroundings.clock();
        PartitionState partition = new PartitionState(context, settings.dedupe());
        Outbox outbox = new Outbox();
        Work work = new Work(context, partition, outbox, clock);
        Types types = new Types(known, context.getStateStore(Stores.TYPES), settings.pacing());
        Compose compose = new Compose(content, settings.locale());
        int number = context.taskId().partition();
        Steps steps = new Steps(surroundings, partition, types, compose, outbox, number);
        GiveUp giveUp = new GiveUp(partition, outbox, new DeadLetters(surroundings.topics(), number));
        ThreadShare share = shares.get();
        DuePass pass = new DuePass(partition.queue(), steps, work, giveUp, share, clock);
        MendHolds mending = new MendHolds(partition.lostSlots(), surroundings.meters());
        TypeLetters letters = new TypeLetters(number, known.unreadable(), partition.typesTold(), outbox);
        Housekeeping keeping = new Housekeeping(partition.seen(), letters, mending, work, clock);
        WakeUp wakeUp = new WakeUp(context, partition.queue(), clock, () -> {
            keeping.run();
            return pass.run();
        });
        running = new Running(context, steps, work, outbox, wakeUp, keeping, pass, share, partition.depth());
        begin(running, mending);
    }

    private void begin(Running opened, MendHolds mending) {
        if (opened.keeping().isUrgent()) {
            opened.wakeUp().soon();
        }
        opened.wakeUp().considerAll();
        surroundings.meters().opened(opened.depth());
        new CountHolds(opened.context(), opened.depth()).begin();
        new MendAtOpening(opened.context(), mending, opened.work(), opened.wakeUp()).begin();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (running == null) {
            throw new IllegalStateException("process before init");
        }
        long began = System.nanoTime();
        running.process(record);
        running.share().records(System.nanoTime() - began);
    }

    @Override
    public void close() {
        if (running != null) {
            surroundings.meters().closed(running.depth());
            running.pass().close();
        }
    }

    private record Running(
            ProcessorContext<byte[], Outgoing> context,
            Steps steps,
            Work work,
            Outbox outbox,
            WakeUp wakeUp,
            Housekeeping keeping,
            DuePass pass,
            ThreadShare share,
            HoldDepth depth) {

        void process(Record<byte[], byte[]> record) {
            RecordMetadata metadata = context.recordMetadata()
                    .orElseThrow(() -> new IllegalStateException("a record of a source has metadata"));
            Input input = new Input(
                    metadata.topic(),
                    metadata.partition(),
                    metadata.offset(),
                    record.key(),
                    record.value(),
                    text(record.headers(), REPLAY_HEADER),
                    text(record.headers(), Topics.VERSION_HEADER));
            work.run(now -> steps.accept(input, now), (failure, now) -> {
                LOG.warn(
                        "{}-{} offset {} goes to the dead letters: {}",
                        input.topic(),
                        input.partition(),
                        input.offset(),
                        failure.toString());
                outbox.dead(input.key(), DeadLetters.of(input, failure, now));
            });
            keeping.run();
            wakeUp.considerAdded();
        }

        private static @Nullable String text(Headers headers, String name) {
            Header header = headers.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
