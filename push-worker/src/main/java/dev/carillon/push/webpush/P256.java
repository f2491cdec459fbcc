package dev.carillon.push.webpush;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The curve P-256 and the one form in which Web Push writes its points: uncompressed, 65 bytes beginning with 0x04
 * (SEC 1, 2.3.3).
 */
final class P256 {
    static final int POINT_BYTES = 65;
    static final int SCALAR_BYTES = 32;
    static final ECGenParameterSpec NAME = new ECGenParameterSpec("secp256r1");
    static final ECParameterSpec CURVE = curve();

    /** A SubjectPublicKeyInfo of P-256 up to its point (RFC 5480), so that a provider's own decoder checks the point. */
    private static final byte[] KEY_INFO_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static final BigInteger PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private P256() {}

    /** True if the bytes are an uncompressed point of the curve. P-256 has cofactor 1, so every point is in the group. */
    static boolean isPoint(byte[] bytes) {
        if (bytes.length != POINT_BYTES || bytes[0] != 4) {
            return false;
        }
        ECPoint point = point(bytes);
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0) {
            return false;
        }
        BigInteger right = x.pow(3)
                .add(CURVE.getCurve().getA().multiply(x))
                .add(CURVE.getCurve().getB());
        return y.pow(2).subtract(right).mod(PRIME).signum() == 0;
    }

    static ECPoint point(byte[] uncompressed) {
        return new ECPoint(
                new BigInteger(1, uncompressed, 1, SCALAR_BYTES),
                new BigInteger(1, uncompressed, 1 + SCALAR_BYTES, SCALAR_BYTES));
    }

    /** The point as a SubjectPublicKeyInfo, which every provider's KeyFactory reads. */
    static byte[] keyInfo(byte[] uncompressed) {
        byte[] info = Arrays.copyOf(KEY_INFO_PREFIX, KEY_INFO_PREFIX.length + POINT_BYTES);
        System.arraycopy(uncompressed, 0, info, KEY_INFO_PREFIX.length, POINT_BYTES);
        return info;
    }

    /** The point at the end of a SubjectPublicKeyInfo. */
    static byte[] pointOf(byte[] keyInfo) {
        return Arrays.copyOfRange(keyInfo, keyInfo.length - POINT_BYTES, keyInfo.length);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(NAME);
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime does not know the curve P-256, which Web Push needs", e);
        }
    }
}
