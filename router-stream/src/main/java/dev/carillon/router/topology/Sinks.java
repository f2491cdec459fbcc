package dev.carillon.router.topology;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import java.util.stream.Stream;

/** Names of the sinks of the topology. */
final class Sinks {
    static final String OUTCOMES = "outcomes-sink";
    static final String ANSWERS = "answers-sink";
    static final String REPLIES = "replies-sink";
    static final String DEAD_LETTERS = "dead-letters-sink";

    private Sinks() {}

    static boolean isDeliveries(String sink) {
        return Stream.of(Channel.values())
                .flatMap(channel -> Stream.of(Lane.values()).map(lane -> deliveries(channel, lane)))
                .anyMatch(sink::equals);
    }

    static String deliveries(Channel channel, Lane lane) {
        return channel.code() + (lane == Lane.DIRECT ? "" : "-" + lane.code()) + "-sink";
    }
}
