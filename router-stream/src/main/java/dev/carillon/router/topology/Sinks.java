package dev.carillon.router.topology;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;

/** Names of the sinks of the topology. */
final class Sinks {
    static final String OUTCOMES = "outcomes-sink";
    static final String DEAD_LETTERS = "dead-letters-sink";

    private Sinks() {}

    static String deliveries(Channel channel, Lane lane) {
        return channel.code() + (lane == Lane.DIRECT ? "" : "-" + lane.code()) + "-sink";
    }
}
