package dev.carillon.ingest.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/** What an endpoint's requests are signed with: {@code whsec_} and 24 to 64 bytes as base64 (Standard Webhooks). */
record Secret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secret fresh() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    byte[] key() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    /** Without the secret: records are printed by whoever logs one. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
