package dev.carillon.push.webpush;

import java.util.Base64;

/** Reads keys written in base64url, as browsers and VAPID tools write them. */
final class KeyText {
    private static final int LONGEST = 512;

    private KeyText() {}

    static byte[] decode(String field, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new InvalidKeyMaterial(field, "must be base64url of at most " + LONGEST + " characters");
        }
        String plain = text.strip().replace('+', '-').replace('/', '_').replace("=", "");
        try {
            return Base64.getUrlDecoder().decode(plain);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyMaterial(field, "must be base64url without other characters");
        }
    }
}
