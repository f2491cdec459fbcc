package dev.carillon.testsupport.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import nl.martijndwars.webpush.Encoding;
import nl.martijndwars.webpush.HttpEce;
import nl.martijndwars.webpush.Utils;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/**
 * A browser with a subscription. It makes its keys with Bouncy Castle and reads messages with webpush-java, neither of
 * which takes part in sending.
 */
public final class PushDevice {
    private static final int POINT_BYTES = 65;
    private static final int SALT_BYTES = 16;
    private static final int KEY_ID_OFFSET = 21;
    private static final String PROVIDER = BouncyCastleProvider.PROVIDER_NAME;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    static {
        if (Security.getProvider(PROVIDER) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
    }

    private final String endpoint;
    private final KeyPair pair;
    private final byte[] auth;

    /** A new subscription at this endpoint. */
    public PushDevice(String endpoint) {
        this.endpoint = endpoint;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("ECDH", PROVIDER);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        auth = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(auth);
    }

    public String endpoint() {
        return endpoint;
    }

    public String p256dh() {
        return BASE64URL.encodeToString(Utils.encode((ECPublicKey) pair.getPublic()));
    }

    public String auth() {
        return BASE64URL.encodeToString(auth);
    }

    /** The JSON that {@code PushSubscription.toJSON()} gives in the browser. */
    public String subscriptionJson() {
        return """
                {"endpoint":"%s","expirationTime":null,"keys":{"p256dh":"%s","auth":"%s"}}""".formatted(endpoint, p256dh(), auth());
    }

    /** What the browser's service worker gets to read. */
    public String read(byte[] message) {
        return new String(decrypt(message), StandardCharsets.UTF_8);
    }

    /** The same as bytes. */
    public byte[] decrypt(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        byte[] salt = new byte[SALT_BYTES];
        byte[] sender = new byte[POINT_BYTES];
        byte[] sealed = new byte[message.length - KEY_ID_OFFSET - POINT_BYTES];
        buffer.get(salt).position(KEY_ID_OFFSET).get(sender).get(sealed);
        try {
            // The library's decryption takes the sender's public key and the receiver's private one as one pair.
            HttpEce ece = new HttpEce(
                    Map.of("sender", new KeyPair(publicKey(sender), pair.getPrivate())), Map.of("sender", "P-256"));
            byte[][] keyAndNonce = ece.deriveKeyAndNonce(
                    salt,
                    null,
                    "sender",
                    (ECPublicKey) pair.getPublic(),
                    auth,
                    Encoding.AES128GCM,
                    Cipher.DECRYPT_MODE);
            return ece.decryptRecord(sealed, keyAndNonce[0], keyAndNonce[1], Encoding.AES128GCM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the message is not for this device", e);
        }
    }

    private static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
        var curve = ECNamedCurveTable.getParameterSpec("secp256r1");
        return KeyFactory.getInstance("ECDH", PROVIDER)
                .generatePublic(new ECPublicKeySpec(curve.getCurve().decodePoint(point), curve));
    }
}
