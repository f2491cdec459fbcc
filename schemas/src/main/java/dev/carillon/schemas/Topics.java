package dev.carillon.schemas;

import dev.carillon.schemas.TopicSpec.Keying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of all topics, and of the names of groups and clients: which exist, what keys them, how long they keep.
 *
 * <pre>
 *   inbound ──▶ ingest-api ─▶ intake, intake.bulk ─▶ router-stream ─▶ inapp, email, push, *.bulk ─▶ the workers
 *                  │ └─▶ recipients, audience-members, types ─┘  ▲                     │  └─▶ *.retry.N, *.dead
 *                  │                                  activity ──┴─────────────────────┘
 *                  └─▶ controls ─▶ every worker
 *   inapp-worker ─▶ inapp.live ─▶ every inapp-worker          everybody ─▶ outcomes ─▶ ingest-api
 *   ingest-api ─▶ commands ─▶ everybody ─▶ replies ─▶ ingest-api    router-stream ─▶ answers ─▶ every ingest-api
 * </pre>
 */
public final class Topics {
    /** Header of a tombstone on a compacted settings topic: the version it deletes at, as decimal text. */
    public static final String VERSION_HEADER = "carillon-version";

    /** For how long a cancel is known to the workers: as long as anything that they have to deliver is kept. */
    public static final Duration CONTROLS_KEPT = Duration.ofDays(30);

    /** How much longer than its retention a record may stay, for it goes with its whole segment. */
    public static final Duration SEGMENT = Duration.ofDays(1);

    private static final String RETRY = ".retry.";

    private static final Duration DELIVERIES_KEPT = Duration.ofDays(30);

    /** The tables of ingest-api keep dead letters without limit of time; a topic cannot forget one recipient. */
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

    private final TopicSettings settings;

    public Topics(TopicSettings settings) {
        this.settings = settings;
    }

    public TopicSettings settings() {
        return settings;
    }

    /** Events of upstream services that speak Kafka: CloudEvents in either content mode, or JSON as over HTTP. */
    public TopicSpec inbound() {
        return topic("inbound", Keying.ANY, keptFor(Duration.ofDays(7)));
    }

    /** Events and changed settings for the router; the value is an {@code IntakeRecord}. */
    public TopicSpec intake(Lane lane) {
        return topic("intake" + lane.topicSuffix(), Keying.TARGET_OWNER, keptFor(Duration.ofDays(7)));
    }

    /** Registered recipients; the value is a {@code RecipientProfile}. */
    public TopicSpec recipients() {
        return topic("recipients", Keying.RECIPIENT, compacted());
    }

    /** Memberships; the key is audience, 0x00, recipient, but the recipient alone partitions. */
    public TopicSpec audienceMembers() {
        return topic("audience-members", Keying.RECIPIENT, compacted());
    }

    /** The catalogue of notification types, keyed by name; read whole by everybody. */
    public TopicSpec types() {
        return new TopicSpec(name("types"), Keying.SINGLE, 1, compacted());
    }

    /** What recipients and workers report to the router; the value is an {@code Activity}. */
    public TopicSpec activity() {
        return topic("activity", Keying.RECIPIENT, keptFor(Duration.ofDays(7)));
    }

    /** What every worker has to know before it attempts anything; the value is a {@code Control}. */
    public TopicSpec controls() {
        return new TopicSpec(name("controls"), Keying.SINGLE, 1, keptFor(CONTROLS_KEPT));
    }

    /** The direct lane of {@link #deliveries(Channel, Lane)}. */
    public TopicSpec deliveries(Channel channel) {
        return deliveries(channel, Lane.DIRECT);
    }

    /** Deliveries of a channel; the value is a {@code Delivery}. */
    public TopicSpec deliveries(Channel channel, Lane lane) {
        return topic(channel.code() + lane.topicSuffix(), Keying.RECIPIENT, keptFor(DELIVERIES_KEPT));
    }

    /** The direct lane of {@link #retries(Channel, Lane, int)}. */
    public TopicSpec retries(Channel channel, int tier) {
        return retries(channel, Lane.DIRECT, tier);
    }

    /** Deliveries that wait for their next attempt. {@code tier} counts from 1 to the number of retry tiers. */
    public TopicSpec retries(Channel channel, Lane lane, int tier) {
        if (tier < 1 || tier > settings.retryTiers().size()) {
            throw new IllegalArgumentException("no retry tier " + tier);
        }
        String bare = channel.code() + lane.topicSuffix() + RETRY + tier;
        return topic(bare, Keying.RECIPIENT, keptFor(DELIVERIES_KEPT));
    }

    /**
     * Deliveries of both lanes that ended without success; the value is a {@code DeadLetter}, which says where it came
     * from. ingest-api takes them into a table that keeps them for longer.
     */
    public TopicSpec dead(Channel channel) {
        return topic(channel.code() + ".dead", Keying.RECIPIENT, keptFor(DEAD_LETTERS_KEPT));
    }

    /** Records that a service other than a channel worker could not process; the value is a {@code DeadLetter}. */
    public TopicSpec dead(Service service) {
        return topic(service.code() + ".dead", Keying.TARGET_OWNER, keptFor(DEAD_LETTERS_KEPT));
    }

    /** What connected clients must see now; the value is a {@code LiveMessage}. */
    public TopicSpec live() {
        return topic("inapp.live", Keying.RECIPIENT, keptFor(Duration.ofHours(1)));
    }

    /** What is asked about notifications that went out, and about all that is kept of somebody; the value is a {@code Command}. */
    public TopicSpec commands() {
        return topic("commands", Keying.TARGET_OWNER, keptFor(Duration.ofDays(7)));
    }

    /** What services answer to commands, personal data among it; keyed by the request, the value is a {@code Reply}. */
    public TopicSpec replies() {
        return topic("replies", Keying.TARGET_OWNER, keptFor(Duration.ofDays(1)));
    }

    /** What happened to every notification; the value is an {@code OutcomeBatch}. */
    public TopicSpec outcomes() {
        return topic("outcomes", Keying.RECIPIENT, keptFor(Duration.ofDays(7)));
    }

    /** What the router answers to questions, each partition into its own; keyed by the request, the value is an {@code Answer}. */
    public TopicSpec answers() {
        return topic("answers", Keying.TARGET_OWNER, keptFor(Duration.ofHours(1)));
    }

    /** Which lane a topic is of, retries of tiers that are no longer set too; null of a topic that has no lane. */
    public @Nullable Lane lane(String topic) {
        return Arrays.stream(Lane.values())
                .filter(lane -> isOf(lane, topic))
                .findFirst()
                .orElse(null);
    }

    private boolean isOf(Lane lane, String topic) {
        return topic.equals(intake(lane).name())
                || Arrays.stream(Channel.values())
                        .map(channel -> deliveries(channel, lane).name())
                        .anyMatch(own -> topic.equals(own) || topic.startsWith(own + RETRY));
    }

    /** Every topic of the pipeline. */
    public List<TopicSpec> all() {
        List<TopicSpec> all = new ArrayList<>(List.of(
                inbound(),
                intake(Lane.DIRECT),
                intake(Lane.BULK),
                recipients(),
                audienceMembers(),
                types(),
                activity(),
                controls(),
                live(),
                commands(),
                replies(),
                outcomes(),
                answers(),
                dead(Service.ROUTER_STREAM),
                dead(Service.INGEST_API)));
        for (Channel channel : Channel.values()) {
            all.add(dead(channel));
            for (Lane lane : Lane.values()) {
                all.add(deliveries(channel, lane));
                all.addAll(channel == Channel.INAPP ? List.of() : retries(channel, lane));
            }
        }
        return List.copyOf(all);
    }

    /** All tiers, the shortest first. */
    private List<TopicSpec> retries(Channel channel, Lane lane) {
        return IntStream.rangeClosed(1, settings.retryTiers().size())
                .mapToObj(tier -> retries(channel, lane, tier))
                .toList();
    }

    /** The consumer group (or Streams application id) of a service; {@code role} tells its several ones apart. */
    public String group(Service service, String role) {
        return name(service.code()) + (role.isEmpty() ? "" : "." + role);
    }

    private String name(String bare) {
        return settings.prefix() + bare;
    }

    private TopicSpec topic(String bare, Keying keying, Map<String, String> config) {
        return new TopicSpec(name(bare), keying, settings.partitions(), config);
    }

    /** Segments of a day: the broker deletes whole ones, and so no record stays for more than a day longer. */
    private static Map<String, String> keptFor(Duration retention) {
        return Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                Long.toString(retention.toMillis()),
                "segment.ms",
                Long.toString(Math.min(retention.toMillis(), SEGMENT.toMillis())));
    }

    /** Small segments and a bounded lag: an erased profile must leave the log, also on a quiet partition. */
    private static Map<String, String> compacted() {
        return Map.of(
                "cleanup.policy", "compact",
                "segment.bytes", Long.toString(64L << 20),
                "segment.ms", Long.toString(Duration.ofDays(1).toMillis()),
                "min.cleanable.dirty.ratio", "0.1",
                "max.compaction.lag.ms", Long.toString(Duration.ofDays(2).toMillis()),
                "delete.retention.ms", Long.toString(Duration.ofDays(2).toMillis()));
    }
}
