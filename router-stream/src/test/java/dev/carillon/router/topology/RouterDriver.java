package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The router's topology without a broker; every output is read as what it means. */
final class RouterDriver implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    final TestClock clock = new TestClock(START);
    private final Topics topics = new Topics(TopicSettings.defaults());
    final MeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;

    RouterDriver(Path directory) {
        this(directory, RoutingSettings.defaults());
    }

    RouterDriver(Path directory, RoutingSettings settings) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "router");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        RoutingTopology topology = new RoutingTopology(
                topics,
                settings,
                new RenderContent(settings.templatesCached()),
                clock,
                Tracing.off(),
                new RouterMeters(registry, clock));
        driver = new TopologyTestDriver(topology.build(), config, START);
    }

    /** The usual settings but for these. */
    static RoutingSettings settings(int inlineTargets, List<Cap> caps, OverCap overCap) {
        RoutingSettings usual = RoutingSettings.defaults();
        return new RoutingSettings(
                usual.dedupe(),
                inlineTargets,
                usual.typePatience(),
                usual.jitter(),
                usual.zone(),
                usual.locale(),
                usual.templatesCached(),
                caps,
                overCap);
    }

    /** Moves the clock, and then a little more, so that what one pass of the due queue left over is done too. */
    void advance(Duration step) {
        advance(step, 51);
    }

    /** Moves the clock, and lets the due queue pass as often. */
    void advance(Duration step, int passes) {
        move(step);
        for (int pass = 1; pass < passes; pass++) {
            move(Duration.ofMillis(1));
        }
    }

    private void move(Duration step) {
        clock.advance(step);
        driver.advanceWallClockTime(step);
    }

    Events event(String id) {
        return Events.event(id, clock.instant());
    }

    void send(Events event) {
        intake(event.route());
    }

    void intake(IntakeRecord record) {
        intake(Lane.DIRECT, record);
    }

    void cancel(String event, String... recipients) {
        List<RecipientId> whom = Stream.of(recipients).map(RecipientId::new).toList();
        intake(new IntakeRecord.CancelEvent(Events.uid(event), whom, clock.instant()));
    }

    void intake(Lane lane, IntakeRecord record) {
        raw(topics.intake(lane), "key", Json.write(record), new RecordHeaders());
    }

    void replay(DeadLetter letter, String name) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(RouteProcessor.REPLAY_HEADER, name.getBytes(StandardCharsets.UTF_8));
        byte[] value = java.util.Base64.getDecoder().decode(String.valueOf(letter.valueBase64()));
        raw(topics.intake(Lane.DIRECT), "key", value, headers);
    }

    void raw(TopicSpec topic, String key, byte @Nullable [] value, RecordHeaders headers) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, headers));
    }

    void profile(RecipientProfile profile) {
        raw(topics.recipients(), profile.recipient().value(), Json.write(profile), new RecordHeaders());
    }

    void forget(String recipient, long version) {
        raw(topics.recipients(), recipient, null, version(version));
    }

    void join(String audience, String recipient, long version, Instant since) {
        Membership membership =
                new Membership(new AudienceId(audience), new RecipientId(recipient), version, true, since);
        raw(topics.audienceMembers(), audience + '\0' + recipient, Json.write(membership), new RecordHeaders());
    }

    void leave(String audience, String recipient, long version) {
        raw(topics.audienceMembers(), audience + '\0' + recipient, null, version(version));
    }

    void type(NotificationType type) {
        raw(topics.types(), type.name(), Json.write(type), new RecordHeaders());
    }

    void activity(Activity activity) {
        raw(topics.activity(), activity.recipient().value(), Json.write(activity), new RecordHeaders());
    }

    /** Writes to it are seen by the next step. */
    KeyValueStore<Bytes, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    WindowStore<Bytes, byte[]> windows(String name) {
        return driver.getWindowStore(name);
    }

    /** Hands over what was written to the changelog of a store since the last call; a null value deletes. */
    void changelog(String store, BiConsumer<byte[], byte @Nullable []> record) {
        TestOutputTopic<byte[], byte[]> changelog = driver.createOutputTopic(
                "router-" + store + "-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        changelog.readRecordsToList().forEach(one -> record.accept(one.key(), one.value()));
    }

    Topics topics() {
        return topics;
    }

    /** Of both lanes, the direct one first. */
    List<Delivery> deliveries(Channel channel) {
        return Stream.of(Lane.values())
                .flatMap(lane -> deliveries(channel, lane).stream())
                .toList();
    }

    List<Delivery> deliveries(Channel channel, Lane lane) {
        return values(topics.deliveries(channel, lane))
                .map(value -> Json.read(value, Delivery.class))
                .toList();
    }

    List<NotificationOutcome> outcomes() {
        return values(topics.outcomes())
                .flatMap(value -> Json.read(value, OutcomeBatch.class).outcomes().stream())
                .toList();
    }

    List<Answer> answers() {
        return values(topics.answers())
                .map(value -> Json.read(value, Answer.class))
                .toList();
    }

    List<Reply> replies() {
        return values(topics.replies())
                .map(value -> Json.read(value, Reply.class))
                .toList();
    }

    /** Every channel outcome, as {@code recipient channel state reason}. */
    List<String> told() {
        return outcomes().stream()
                .flatMap(outcome -> outcome.channels().stream().map(channel -> text(outcome, channel)))
                .toList();
    }

    private static String text(NotificationOutcome outcome, ChannelOutcome channel) {
        return String.join(
                " ",
                outcome.recipient().value(),
                channel.channel().code(),
                channel.state().name().toLowerCase(java.util.Locale.ROOT),
                channel.reason().code());
    }

    List<DeadLetter> deadLetters() {
        return values(topics.dead(Service.ROUTER_STREAM))
                .map(value -> Json.read(value, DeadLetter.class))
                .toList();
    }

    void nothingMore() {
        for (Channel channel : Channel.values()) {
            assertThat(deliveries(channel)).as("more on %s", channel).isEmpty();
        }
        assertThat(deadLetters()).as("dead letters").isEmpty();
        assertThat(told()).as("outcomes").isEmpty();
    }

    private Stream<byte[]> values(TopicSpec topic) {
        TestOutputTopic<byte[], byte[]> output =
                driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return output.readValuesToList().stream();
    }

    private static RecordHeaders version(long version) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.VERSION_HEADER, Long.toString(version).getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    @Override
    public void close() {
        driver.close();
    }
}
