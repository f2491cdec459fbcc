package dev.carillon.testsupport.webpush;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that reached the push service.
 *
 * @param headers names in lower case
 * @param protocol such as {@code HTTP/2.0}
 * @param encryptedBytes length of the body
 * @param text the message as the browser reads it; null for a device that does not exist
 * @param vapidSubject {@code sub} of the verified token
 * @param reply how it was answered
 */
public record ReceivedPush(
        String devicePath,
        Map<String, String> headers,
        String protocol,
        int encryptedBytes,
        @Nullable String text,
        String vapidSubject,
        PushReply reply) {}
