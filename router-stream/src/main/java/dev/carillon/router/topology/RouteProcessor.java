package dev.carillon.router.topology;

import dev.carillon.platform.rendering.BatchKeys;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.router.condition.Conditions;
import dev.carillon.router.hold.DueQueue;
import dev.carillon.router.state.TypeCatalogue;
import dev.carillon.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
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

    private final Topics topics;
    private final RoutingSettings settings;
    private final RenderContent content;
    private final Conditions conditions;
    private final TypeCatalogue catalogue;
    private final BatchKeys keys;
    private final Clock clock;
    private @Nullable Running running;

    RouteProcessor(
            Topics topics,
            RoutingSettings settings,
            RenderContent content,
            Conditions conditions,
            TypeCatalogue catalogue,
            BatchKeys keys,
            Clock clock) {
        this.topics = topics;
        this.settings = settings;
        this.content = content;
        this.conditions = conditions;
        this.catalogue = catalogue;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        PartitionState partition = new PartitionState(context, settings.dedupe());
        Outbox outbox = new Outbox();
        Work work = new Work(context, partition, outbox, clock);
        Types types = new Types(catalogue, context.getStateStore(Stores.TYPES), conditions, keys, settings.pacing());
        Steps steps = new Steps(topics, settings, partition, types, new Compose(content, settings.locale()), outbox);
        DueQueue queue = partition.queue();
        DeadLetters letters = new DeadLetters(topics, context.taskId().partition());
        DuePass pass = new DuePass(queue, steps, work, new GiveUp(partition, outbox, letters), clock);
        WakeUp wakeUp = new WakeUp(context, queue, clock, pass::run);
        if (partition.seen().isBlank(clock.instant())) {
            wakeUp.soon();
        }
        wakeUp.considerAll();
        running = new Running(context, steps, work, outbox, wakeUp);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (running == null) {
            throw new IllegalStateException("process before init");
        }
        running.process(record);
    }

    private record Running(
            ProcessorContext<byte[], Outgoing> context, Steps steps, Work work, Outbox outbox, WakeUp wakeUp) {

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
            wakeUp.considerAdded();
        }

        private static @Nullable String text(Headers headers, String name) {
            Header header = headers.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
