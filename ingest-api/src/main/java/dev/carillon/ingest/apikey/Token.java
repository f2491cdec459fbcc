package dev.carillon.ingest.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The secret that a caller shows. It is random and long, so a plain hash of it can be stored and looked up. */
public final class Token {
    private static final String PREFIX = "ck_";
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    /** A new one: 256 random bits, with a prefix by which scanners for leaked secrets know it. */
    static String generate() {
        return PREFIX + random();
    }

    /** 256 random bits as text that fits into headers, cookies and URLs. */
    public static String random() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** SHA-256 in hexadecimal digits. */
    public static String hash(String token) {
        return HexFormat.of().formatHex(sha256(token));
    }

    /** SHA-256 as 43 characters that fit where {@link #random} fits. */
    public static String urlHash(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
