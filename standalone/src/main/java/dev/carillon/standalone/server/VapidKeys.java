package dev.carillon.standalone.server;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.util.Base64;
import java.util.Map;

/** A new key pair on P-256 for VAPID (RFC 8292), as settings of the push service. */
final class VapidKeys {

    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;

    private VapidKeys() {}

    static Map<String, String> generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
            byte[] publicKey = new byte[1 + 2 * COORDINATE_BYTES];
            publicKey[0] = UNCOMPRESSED;
            put(point.getAffineX(), publicKey, 1);
            put(point.getAffineY(), publicKey, 1 + COORDINATE_BYTES);
            byte[] privateKey = new byte[COORDINATE_BYTES];
            put(((ECPrivateKey) pair.getPrivate()).getS(), privateKey, 0);
            return Map.of(
                    "carillon.push.vapid.public-key", text(publicKey),
                    "carillon.push.vapid.private-key", text(privateKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no P-256", e);
        }
    }

    private static void put(BigInteger number, byte[] target, int offset) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, target, offset + COORDINATE_BYTES - length, length);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
