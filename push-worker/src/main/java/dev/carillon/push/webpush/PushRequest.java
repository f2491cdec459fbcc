package dev.carillon.push.webpush;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One message for one subscription, ready to be sent (RFC 8030, section 5).
 *
 * @param ttl how long the push service keeps it for a device that is away, in whole seconds, at least 0
 * @param authorization the {@code vapid} credentials
 * @param body one encrypted record
 */
public record PushRequest(
        URI endpoint, String authorization, Duration ttl, Urgency urgency, PushTopic topic, ByteBuffer body) {

    /** Push services cut longer ones themselves. */
    public static final Duration LONGEST_TTL = Duration.ofDays(28);

    public PushRequest {
        if (ttl.isNegative()) {
            ttl = Duration.ZERO;
        } else if (ttl.compareTo(LONGEST_TTL) > 0) {
            ttl = LONGEST_TTL;
        }
    }
}
