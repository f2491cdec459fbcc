package dev.carillon.push.webpush;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key pair by which a push service knows the sender (RFC 8292).
 *
 * @param publicKey base64url of the uncompressed point, what browsers take as {@code applicationServerKey}
 */
public record VapidKeyPair(String publicKey, PrivateKey privateKey) {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    public static VapidKeyPair generate() {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance("EC", CryptoProviders.jdk().elliptic());
            generator.initialize(P256.NAME);
            KeyPair pair = generator.generateKeyPair();
            return new VapidKeyPair(
                    BASE64URL.encodeToString(P256.pointOf(pair.getPublic().getEncoded())), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot make a key pair on P-256", e);
        }
    }

    /**
     * From base64url, as VAPID tools write them: 65 bytes and 32 bytes.
     *
     * @throws InvalidKeyMaterial if one of the keys is malformed or the two do not belong together
     */
    public static VapidKeyPair parse(String publicKey, String privateKey) {
        byte[] point = KeyText.decode("public-key", publicKey);
        if (!P256.isPoint(point)) {
            throw new InvalidKeyMaterial("public-key", "must be an uncompressed point of the curve P-256 (65 bytes)");
        }
        byte[] scalar = KeyText.decode("private-key", privateKey);
        BigInteger number = new BigInteger(1, scalar);
        if (scalar.length != P256.SCALAR_BYTES
                || number.signum() == 0
                || number.compareTo(P256.CURVE.getOrder()) >= 0) {
            throw new InvalidKeyMaterial("private-key", "must be a private key of the curve P-256 (32 bytes)");
        }
        try {
            KeyFactory factory =
                    KeyFactory.getInstance("EC", CryptoProviders.jdk().elliptic());
            PrivateKey key = factory.generatePrivate(new ECPrivateKeySpec(number, P256.CURVE));
            requireBelonging(factory.generatePublic(new ECPublicKeySpec(P256.point(point), P256.CURVE)), key);
            return new VapidKeyPair(BASE64URL.encodeToString(point), key);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyMaterial("private-key", "cannot be read: " + e.getMessage());
        }
    }

    /** base64url of the 32-byte private key. */
    public String privateKeyText() {
        return BASE64URL.encodeToString(scalar());
    }

    /** HMAC-SHA256 of the purpose under the private key: what only holders of the pair can compute. */
    byte[] secretFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(scalar(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA256", e);
        }
    }

    private byte[] scalar() {
        byte[] number = ((ECPrivateKey) privateKey).getS().toByteArray();
        byte[] scalar = new byte[P256.SCALAR_BYTES];
        int length = Math.min(number.length, scalar.length);
        System.arraycopy(number, number.length - length, scalar, scalar.length - length, length);
        return scalar;
    }

    private static void requireBelonging(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        byte[] probe = {1};
        Signature signature =
                Signature.getInstance("SHA256withECDSA", CryptoProviders.jdk().elliptic());
        signature.initSign(privateKey);
        signature.update(probe);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(publicKey);
        } catch (InvalidKeyException e) {
            throw new InvalidKeyMaterial("public-key", "cannot be read: " + e.getMessage());
        }
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new InvalidKeyMaterial("private-key", "does not belong to the public key");
        }
    }

    @Override
    public String toString() {
        return "VapidKeyPair[publicKey=" + publicKey + "]";
    }
}
