package dev.carillon.push.webpush;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The name under which a later message replaces one that still waits at the push service (RFC 8030, section 5.4): at
 * most 32 characters of base64url.
 */
public record PushTopic(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int DIGEST_BYTES = 24;

    public PushTopic {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a push topic is 1 to 32 characters of base64url");
        }
    }

    /** The same topic for the same key; 192 bits of SHA-256, so that different keys do not meet. */
    public static PushTopic of(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return new PushTopic(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
