package dev.carillon.push.webpush;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The key pair by which push services know us. Without one the channel is off.
 *
 * @param publicKey base64url, 65 bytes; also {@code VAPID_PUBLIC_KEY}
 * @param privateKey base64url, 32 bytes; also {@code VAPID_PRIVATE_KEY}
 * @param subject whom push services write to, a mail address, {@code mailto:} or {@code https:}; also
 *     {@code VAPID_EMAIL}
 * @param previous earlier pairs, for the subscriptions made under them
 */
@ConfigurationProperties("carillon.push.vapid")
public record VapidSettings(
        @Nullable String publicKey,
        @Nullable String privateKey,
        @Nullable String subject,
        @Nullable List<Pair> previous) {

    /** An earlier key pair, both keys as base64url. */
    public record Pair(String publicKey, String privateKey) {
        @Override
        public String toString() {
            return "Pair[publicKey=" + publicKey + "]";
        }
    }

    /**
     * The keys, or none at all.
     *
     * @throws IllegalArgumentException in one sentence that names the setting, where something is missing or wrong
     */
    public VapidKeyRing keys() {
        boolean noPublic = publicKey == null || publicKey.isBlank();
        boolean noPrivate = privateKey == null || privateKey.isBlank();
        if (noPublic && noPrivate) {
            return VapidKeyRing.empty();
        }
        if (publicKey == null || privateKey == null || noPublic || noPrivate) {
            throw new IllegalArgumentException(
                    "carillon.push.vapid.public-key and carillon.push.vapid.private-key must be set together");
        }
        List<Pair> earlier = previous == null ? List.of() : previous;
        return VapidKeyRing.of(
                parse("carillon.push.vapid.", publicKey, privateKey),
                earlier.stream()
                        .map(pair -> parse("carillon.push.vapid.previous.", pair.publicKey(), pair.privateKey()))
                        .toList());
    }

    /** Needed where there are keys: see {@link #keys()} for what it throws. */
    public VapidSubject subjectOrFail() {
        if (subject == null || subject.isBlank()) {
            throw new IllegalArgumentException(
                    "carillon.push.vapid.subject must be set: a mail address that push services can write to");
        }
        try {
            return new VapidSubject(subject);
        } catch (InvalidKeyMaterial e) {
            throw new IllegalArgumentException("carillon.push.vapid." + e.getMessage(), e);
        }
    }

    private static VapidKeyPair parse(String prefix, String publicKey, String privateKey) {
        try {
            return VapidKeyPair.parse(publicKey, privateKey);
        } catch (InvalidKeyMaterial e) {
            throw new IllegalArgumentException(prefix + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "VapidSettings[publicKey=" + publicKey + ", subject=" + subject + "]";
    }
}
