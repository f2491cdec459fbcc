package dev.carillon.router.topology;

import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The wiring of the router: five ranked sources, one processor that owns a partition's recipients with all its stores,
 * and a sink for every kind of output. There is no repartition topic: ingest has split every event by partition.
 *
 * <pre>
 *   recipients, audience-members ─┐
 *   activity ─────────────────────┤             ┌─▶ inapp, email, push, each also .bulk
 *   intake ───────────────────────┼─▶ router ───┼─▶ outcomes, answers, replies
 *   intake.bulk ──────────────────┘   5 stores  └─▶ router-stream.dead
 *   types ─▶ (global store) ─────────────┘
 * </pre>
 */
public final class RoutingTopology {
    private static final String ROUTER = "router";

    private final Topics topics;
    private final Surroundings surroundings;
    private final RenderContent content;

    @SuppressWarnings("ThreadLocalUsage") // lives as long as its router, of which a process may have several
    private final ThreadLocal<ThreadShare> shares = ThreadLocal.withInitial(ThreadShare::new);

    public RoutingTopology(Topics topics, RoutingSettings settings, Clock clock) {
        this(
                topics,
                settings,
                new RenderContent(settings.templatesCached()),
                clock,
                Tracing.off(),
                new RouterMeters(new SimpleMeterRegistry(), clock));
    }

    /** With compiled templates that somebody measures, traces that somebody reads, and meters. */
    public RoutingTopology(
            Topics topics,
            RoutingSettings settings,
            RenderContent content,
            Clock clock,
            Tracing tracing,
            RouterMeters meters) {
        this.topics = topics;
        this.surroundings = new Surroundings(topics, settings, clock, tracing, meters);
        this.content = content;
    }

    public Topology build() {
        Topology topology = new Topology();
        sources(topology);
        RoutingSettings settings = surroundings.settings();
        KnownTypes known = KnownTypes.none(settings.templatesCached());
        topology.addProcessor(
                ROUTER,
                () -> new RouteProcessor(surroundings, content, known, shares),
                "recipients-source",
                "members-source",
                "activity-source",
                "intake-source",
                "intake-bulk-source");
        Stores.ofPartition(settings.dedupe()).forEach(store -> topology.addStateStore(store, ROUTER));
        sinks(topology);
        topology.addGlobalStore(
                Stores.types(),
                "types-source",
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.types().name(),
                "types-processor",
                () -> new RememberTypes(known));
        return topology;
    }

    /** Whether something is due in a partition of the calling thread that it had no time for yet. */
    public boolean isBehind() {
        return shares.get().isBehind();
    }

    private void sources(Topology topology) {
        source(topology, "recipients-source", Rank.SETTINGS, topics.recipients().name());
        source(
                topology,
                "members-source",
                Rank.SETTINGS,
                topics.audienceMembers().name());
        source(topology, "activity-source", Rank.ACTIVITY, topics.activity().name());
        source(
                topology,
                "intake-source",
                Rank.DIRECT,
                topics.intake(Lane.DIRECT).name());
        source(
                topology,
                "intake-bulk-source",
                Rank.BULK,
                topics.intake(Lane.BULK).name());
    }

    private static void source(Topology topology, String name, Rank rank, String topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                rank,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic);
    }

    private void sinks(Topology topology) {
        for (Channel channel : Channel.values()) {
            for (Lane lane : Lane.values()) {
                sink(
                        topology,
                        Sinks.deliveries(channel, lane),
                        topics.deliveries(channel, lane).name());
            }
        }
        sink(topology, Sinks.OUTCOMES, topics.outcomes().name());
        sink(topology, Sinks.ANSWERS, topics.answers().name());
        sink(topology, Sinks.REPLIES, topics.replies().name());
        sink(topology, Sinks.DEAD_LETTERS, topics.dead(Service.ROUTER_STREAM).name());
    }

    private static void sink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), Outgoing.SERIALIZER, Outgoing.PARTITIONER, ROUTER);
    }
}
