package dev.carillon.email.token;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Texts in a token that only we can make: a version, an expiry and the texts, followed by an HMAC-SHA256 of them and of
 * what the token is for, cut to 128 bits (RFC 2104, section 5), all in base64url.
 */
final class SignedToken {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int VERSION = 1;
    private static final int SIGNATURE_BYTES = 16;

    /** Of three names of 128 characters and an address of 2,000, with room. */
    static final int LONGEST = 4_000;

    private final byte[] purpose;
    private final SecretKeySpec key;
    /** Idle ones; a virtual thread lives too briefly to have one of its own. */
    private final Queue<Mac> macs = new ConcurrentLinkedQueue<>();

    /** @param purpose tokens for another one are not accepted */
    SignedToken(String purpose, String secret) {
        this.purpose = purpose.getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** What an authentic token says. */
    record Content(Instant expiresAt, List<String> texts) {}

    String issue(Instant expiresAt, List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(expiresAt.getEpochSecond());
            out.writeByte(texts.size());
            for (String text : texts) {
                out.writeUTF(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] content = bytes.toByteArray();
        bytes.writeBytes(signature(content));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Null where we did not make it. */
    @Nullable Content read(String token) {
        if (token.length() > LONGEST) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            int length = bytes.length - SIGNATURE_BYTES;
            if (length <= 0) {
                return null;
            }
            byte[] content = Arrays.copyOf(bytes, length);
            byte[] shown = Arrays.copyOfRange(bytes, length, bytes.length);
            return MessageDigest.isEqual(signature(content), shown) ? content(content) : null;
        } catch (IllegalArgumentException | IOException e) {
            return null;
        }
    }

    private static @Nullable Content content(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                return null;
            }
            Instant expiresAt = Instant.ofEpochSecond(in.readLong());
            String[] texts = new String[in.readByte()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = in.readUTF();
            }
            return new Content(expiresAt, List.of(texts));
        }
    }

    private byte[] signature(byte[] content) {
        Mac idle = macs.poll();
        Mac signing = idle == null ? newMac() : idle;
        signing.update(purpose);
        signing.update((byte) 0);
        byte[] signature = Arrays.copyOf(signing.doFinal(content), SIGNATURE_BYTES);
        macs.add(signing);
        return signature;
    }

    private Mac newMac() {
        try {
            Mac fresh = Mac.getInstance(ALGORITHM);
            fresh.init(key);
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }
}
