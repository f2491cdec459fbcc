package dev.carillon.push.report;

import dev.carillon.push.webpush.VapidKeyRing;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a push carries so that its service worker, which has no login, may report on it and on nothing else: expiry,
 * notification and recipient, and an HMAC-SHA256 over them. It travels encrypted and reaches the recipient's own device
 * only. The keys derive from the VAPID pairs: the current one signs, earlier ones are still understood.
 */
public final class ReportTokens {
    /** Push services keep messages for 28 days; then it is still on the screen for a while. */
    static final Duration VALIDITY = Duration.ofDays(35);
    /** Of a recipient of 128 characters, with room. */
    static final int LONGEST = 300;

    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 16;
    private static final int HEAD_BYTES = Integer.BYTES + 2 * Long.BYTES;

    private final List<SecretKeySpec> keys;

    public ReportTokens(VapidKeyRing ring) {
        keys = ring.secretsFor("carillon push report").stream()
                .map(secret -> new SecretKeySpec(secret, MAC))
                .toList();
    }

    /** What a valid token is about. */
    record Subject(RecipientId recipient, NotificationId notification) {}

    /** Needs a key pair in the ring. */
    public String issue(RecipientId recipient, NotificationId notification, Instant now) {
        byte[] name = recipient.value().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer token = ByteBuffer.allocate(HEAD_BYTES + name.length + MAC_BYTES)
                .putInt((int) now.plus(VALIDITY).getEpochSecond())
                .putLong(notification.value().getMostSignificantBits())
                .putLong(notification.value().getLeastSignificantBits())
                .put(name);
        token.put(mac(keys.getFirst(), token.array(), token.position()), 0, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Null where it is none of ours, or has expired. */
    @Nullable Subject read(String text, Instant now) {
        byte[] token = decode(text);
        if (token == null || token.length <= HEAD_BYTES + MAC_BYTES || !signed(token)) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(token, 0, token.length - MAC_BYTES);
        long expires = Integer.toUnsignedLong(fields.getInt());
        NotificationId notification = new NotificationId(new UUID(fields.getLong(), fields.getLong()));
        String recipient = StandardCharsets.US_ASCII.decode(fields).toString();
        return now.getEpochSecond() < expires ? new Subject(new RecipientId(recipient), notification) : null;
    }

    private boolean signed(byte[] token) {
        int length = token.length - MAC_BYTES;
        byte[] shown = Arrays.copyOfRange(token, length, token.length);
        boolean found = false;
        for (SecretKeySpec key : keys) {
            found |= MessageDigest.isEqual(Arrays.copyOf(mac(key, token, length), MAC_BYTES), shown);
        }
        return found;
    }

    private static byte[] mac(SecretKeySpec key, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA256", e);
        }
    }

    private static byte @Nullable [] decode(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
