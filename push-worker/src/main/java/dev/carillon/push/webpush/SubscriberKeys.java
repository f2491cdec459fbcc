package dev.carillon.push.webpush;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The two keys that a browser makes for a subscription (RFC 8291, section 2): its public key on P-256 and the
 * authentication secret of 16 bytes.
 */
public final class SubscriberKeys {
    public static final int AUTH_BYTES = 16;

    private final byte[] p256dh;
    private final byte[] auth;

    /**
     * @param p256dh an uncompressed point of the curve
     * @throws InvalidKeyMaterial naming the key that breaks a rule
     */
    public SubscriberKeys(byte[] p256dh, byte[] auth) {
        if (!P256.isPoint(p256dh)) {
            throw new InvalidKeyMaterial("p256dh", "must be an uncompressed point of the curve P-256 (65 bytes)");
        }
        if (auth.length != AUTH_BYTES) {
            throw new InvalidKeyMaterial("auth", "must be 16 bytes, not " + auth.length);
        }
        this.p256dh = p256dh.clone();
        this.auth = auth.clone();
    }

    /** From the browser's base64url; padding and the standard alphabet are understood too. */
    public static SubscriberKeys parse(String p256dh, String auth) {
        return new SubscriberKeys(KeyText.decode("p256dh", p256dh), KeyText.decode("auth", auth));
    }

    /** Not a copy: for reading only. */
    byte[] p256dh() {
        return p256dh;
    }

    /** Not a copy: for reading only. */
    byte[] auth() {
        return auth;
    }

    /** Compares in constant time: the secret is also what a browser is known by. */
    public boolean sameAuth(SubscriberKeys shown) {
        return MessageDigest.isEqual(auth, shown.auth);
    }

    public String p256dhText() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(p256dh);
    }

    public String authText() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(auth);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubscriberKeys keys
                && Arrays.equals(p256dh, keys.p256dh)
                && Arrays.equals(auth, keys.auth);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(p256dh);
    }

    /** The public half only: the secret does not belong into logs. */
    @Override
    public String toString() {
        return "SubscriberKeys[p256dh=" + p256dhText() + "]";
    }
}
