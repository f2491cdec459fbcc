package dev.carillon.ingest.watch;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place of the pipeline where records wait for a service.
 *
 * @param code {@code inbound}, {@code router} or a channel's
 * @param lane null where there is one for all
 * @param retries topics in which records wait for a further attempt; empty where there are none
 * @param transactional written by the router, whose commits take an offset in each partition that they wrote to
 */
record Stage(
        String code,
        @Nullable Lane lane,
        Service reader,
        TopicSpec topic,
        List<TopicSpec> retries,
        boolean transactional) {

    /** All, in the order in which a record passes them. */
    static List<Stage> all(Topics topics) {
        List<Stage> all = new ArrayList<>();
        all.add(new Stage("inbound", null, Service.INGEST_API, topics.inbound(), List.of(), false));
        for (Lane lane : Lane.values()) {
            all.add(new Stage("router", lane, Service.ROUTER_STREAM, topics.intake(lane), List.of(), false));
        }
        for (Channel channel : Channel.values()) {
            for (Lane lane : Lane.values()) {
                all.add(new Stage(
                        channel.code(),
                        lane,
                        worker(channel),
                        topics.deliveries(channel, lane),
                        retries(topics, channel, lane),
                        true));
            }
        }
        return List.copyOf(all);
    }

    /** What its dead letters are counted under: the channel, or the service. */
    String letters() {
        return switch (reader) {
            case INGEST_API, ROUTER_STREAM -> reader.code();
            case INAPP_WORKER, EMAIL_WORKER, PUSH_WORKER -> code;
        };
    }

    /** The topic and its retries. */
    Stream<TopicSpec> topics() {
        return Stream.concat(Stream.of(topic), retries.stream());
    }

    private static Service worker(Channel channel) {
        return switch (channel) {
            case INAPP -> Service.INAPP_WORKER;
            case EMAIL -> Service.EMAIL_WORKER;
            case PUSH -> Service.PUSH_WORKER;
        };
    }

    private static List<TopicSpec> retries(Topics topics, Channel channel, Lane lane) {
        return switch (channel) {
            case INAPP -> List.of();
            case EMAIL, PUSH ->
                IntStream.rangeClosed(1, topics.settings().retryTiers().size())
                        .mapToObj(tier -> topics.retries(channel, lane, tier))
                        .toList();
        };
    }
}
