package dev.carillon.inapp.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The live stream.
 *
 * @param heartbeat between two pings of a connection; a bare number is seconds
 * @param maxPerUser connections of one user on one replica, and as many for a session's own feed; one more closes the oldest.
 *     Those that end already do not count, and are cut above as many
 * @param buffer bytes that wait for a slow reader before it is disconnected
 * @param replay how far back a client can resume
 * @param replayMemory bytes of messages kept for that, over all partitions; less time is kept where it is too little
 * @param reconnectSpread over which clients come back after a shutdown
 * @param timeToAuthenticate within which a WebSocket without a ticket says who it is
 * @param stale how long a WebSocket may leave a ping without an answer before it is closed, never longer than a heartbeat; and a
 *     stream's client what it is sent without an acknowledgement, never longer than half of one, but 5 s at least
 */
@Validated
@ConfigurationProperties("carillon.inapp.live")
record LiveProperties(
        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) @DurationMin(millis = 50)
        Duration heartbeat,

        @DefaultValue("20") @Min(1) @Max(100_000) int maxPerUser,
        @DefaultValue("256KB") DataSize buffer,
        @DefaultValue("10m") Duration replay,
        @DefaultValue("64MB") DataSize replayMemory,
        @DefaultValue("5s") Duration reconnectSpread,
        @DefaultValue("5s") @DurationMin(millis = 50) Duration timeToAuthenticate,
        @DefaultValue("5m") @DurationMin(millis = 50) Duration stale) {}
