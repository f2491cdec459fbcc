package dev.carillon.push.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * RFC 8291 on the JCA: an ephemeral key pair, ECDH, two rounds of HKDF-SHA-256 and one AES-128-GCM record. Every
 * primitive is asked of its provider by name, so that no other provider of the process decides the speed.
 */
final class Aes128Gcm implements MessageEncryption {
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = SALT_BYTES + 4 + 1 + P256.POINT_BYTES;
    private static final int RECORD_SIZE = 4_096;
    private static final byte LAST_RECORD = 2;

    private static final byte[] KEY_INFO = "WebPush: info\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_KEY_INFO =
            "Content-Encoding: aes128gcm\0\1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONCE_INFO = "Content-Encoding: nonce\0\1".getBytes(StandardCharsets.US_ASCII);

    private final CryptoProviders providers;

    Aes128Gcm(CryptoProviders providers) {
        this.providers = providers;
    }

    @Override
    public byte[] encrypt(byte[] plaintext, SubscriberKeys keys) {
        if (plaintext.length > MAX_PLAINTEXT_BYTES) {
            throw new IllegalArgumentException("a push message is at most " + MAX_PLAINTEXT_BYTES
                    + " bytes before encryption, not " + plaintext.length);
        }
        try {
            SecureRandom random = providers.random();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", providers.elliptic());
            generator.initialize(P256.NAME, random);
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            return encrypt(plaintext, keys, generator.generateKeyPair(), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the provider " + name() + " cannot encrypt a push message", e);
        }
    }

    /** The same with a given key pair and salt, which is what the RFC's example fixes. Never use a pair twice. */
    byte[] encrypt(byte[] plaintext, SubscriberKeys keys, KeyPair ephemeral, byte[] salt)
            throws GeneralSecurityException {
        byte[] sender = P256.pointOf(ephemeral.getPublic().getEncoded());
        byte[] receiver = keys.p256dh();

        Mac hmac = Mac.getInstance("HmacSHA256", providers.symmetric());
        byte[] agreed = hmac(hmac, keys.auth(), sharedSecret(ephemeral, receiver));
        byte[] inputKey = hmac(hmac, agreed, KEY_INFO, receiver, sender, new byte[] {1});
        byte[] secret = hmac(hmac, salt, inputKey);
        hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
        byte[] contentKey = Arrays.copyOf(hmac.doFinal(CONTENT_KEY_INFO), KEY_BYTES);
        byte[] nonce = Arrays.copyOf(hmac.doFinal(NONCE_INFO), NONCE_BYTES);

        byte[] message = new byte[HEADER_BYTES + plaintext.length + 1 + TAG_BYTES];
        ByteBuffer.wrap(message)
                .put(salt)
                .putInt(RECORD_SIZE)
                .put((byte) P256.POINT_BYTES)
                .put(sender)
                .put(plaintext)
                .put(LAST_RECORD);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", providers.symmetric());
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(contentKey, "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        byte[] sealed = cipher.doFinal(message, HEADER_BYTES, plaintext.length + 1);
        System.arraycopy(sealed, 0, message, HEADER_BYTES, sealed.length);
        return message;
    }

    @Override
    public String name() {
        return providers.name();
    }

    private byte[] sharedSecret(KeyPair ephemeral, byte[] receiver) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("EC", providers.elliptic())
                .generatePublic(new X509EncodedKeySpec(P256.keyInfo(receiver)));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", providers.elliptic());
        agreement.init(ephemeral.getPrivate());
        agreement.doPhase(key, true);
        return agreement.generateSecret();
    }

    private static byte[] hmac(Mac hmac, byte[] key, byte[]... parts) throws GeneralSecurityException {
        hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            hmac.update(part);
        }
        return hmac.doFinal();
    }
}
