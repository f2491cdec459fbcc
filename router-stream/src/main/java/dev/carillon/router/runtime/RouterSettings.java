package dev.carillon.router.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How this instance of the router runs.
 *
 * @param stateDir where its stores live, on a volume of its own; what is lost there is restored from the broker
 * @param instance names this instance, the same after every restart and different from every other; the host's name by
 *     default. Without it every restart takes a minute
 * @param threads that route; at most as many as topics have partitions
 * @param standbys copies of every store on other instances, which shorten the take-over after a loss
 * @param memory of all stores together: block cache and write buffers; at least 16 MB
 * @param commitInterval how often what was decided is committed: readers of committed records wait that long
 * @param pollInterval the longest wait for records before due releases are looked at
 */
@Validated
@ConfigurationProperties("carillon.router")
public record RouterSettings(
        @DefaultValue("data/router") Path stateDir,
        @Nullable String instance,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbys,
        @DefaultValue("96MB") DataSize memory,
        @DefaultValue("100ms") Duration commitInterval,
        @DefaultValue("20ms") Duration pollInterval) {

    public RouterSettings {
        require(threads >= 1, "threads must be at least 1: " + threads);
        require(standbys >= 0, "standbys must not be negative: " + standbys);
        require(memory.toMegabytes() >= 16, "memory must be at least 16MB: " + memory);
        require(isShort(commitInterval), "commit-interval must be 1ms to 10s: " + commitInterval);
        require(isShort(pollInterval), "poll-interval must be 1ms to 10s: " + pollInterval);
    }

    String instanceName() {
        if (instance != null && !instance.isBlank()) {
            return instance;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this host has no name: set carillon.router.instance", e);
        }
    }

    private static boolean isShort(Duration duration) {
        return duration.toMillis() >= 1 && duration.compareTo(Duration.ofSeconds(10)) <= 0;
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException("carillon.router." + rule);
        }
    }
}
