package dev.carillon.router.topology;

import dev.carillon.platform.rendering.BatchKeys;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.router.condition.Conditions;
import dev.carillon.router.state.TypeCatalogue;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
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
 *   intake ───────────────────────┼─▶ router ───┼─▶ outcomes, answers
 *   intake.bulk ──────────────────┘   5 stores  └─▶ router-stream.dead
 *   types ─▶ (global store) ─────────────┘
 * </pre>
 */
public final class RoutingTopology {
    private static final String ROUTER = "router";

    private final Topics topics;
    private final RoutingSettings settings;
    private final RenderContent content;
    private final Clock clock;

    public RoutingTopology(Topics topics, RoutingSettings settings, Clock clock) {
        this(topics, settings, new RenderContent(settings.templatesCached()), clock);
    }

    /** With compiled templates that somebody measures. */
    public RoutingTopology(Topics topics, RoutingSettings settings, RenderContent content, Clock clock) {
        this.topics = topics;
        this.settings = settings;
        this.content = content;
        this.clock = clock;
    }

    public Topology build() {
        Topology topology = new Topology();
        sources(topology);
        Conditions conditions = new Conditions(settings.templatesCached());
        TypeCatalogue catalogue = new TypeCatalogue();
        BatchKeys keys = new BatchKeys(settings.templatesCached());
        topology.addProcessor(
                ROUTER,
                () -> new RouteProcessor(topics, settings, content, conditions, catalogue, keys, clock),
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
                () -> new RememberTypes(catalogue));
        return topology;
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
        sink(topology, Sinks.DEAD_LETTERS, topics.dead(Service.ROUTER_STREAM).name());
    }

    private static void sink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), Outgoing.SERIALIZER, Outgoing.PARTITIONER, ROUTER);
    }
}
