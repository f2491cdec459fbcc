package dev.carillon.router.runtime;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the router routes or waits for its share of the partitions. */
final class RouterHealth implements HealthIndicator {
    private final RouterStreams streams;

    RouterHealth(RouterStreams streams) {
        this.streams = streams;
    }

    @Override
    public Health health() {
        if (streams.isFenced()) {
            return Health.down()
                    .withDetail("reason", "another router runs under the same carillon.router.instance")
                    .build();
        }
        KafkaStreams.State state = streams.state();
        Health.Builder health = state == KafkaStreams.State.RUNNING || state == KafkaStreams.State.REBALANCING
                ? Health.up()
                : Health.down();
        return health.withDetail("state", state.name()).build();
    }
}
