package dev.carillon.testsupport.webpush;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECPublicKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Verifies the sender's token (RFC 8292) as a push service does, with jose4j. */
final class VapidCheck {
    private static final Pattern CREDENTIALS = Pattern.compile("vapid t=([^,\\s]+),\\s*k=(\\S+)");
    private static final int LONGEST_MINUTES = 24 * 60;

    private VapidCheck() {}

    /**
     * The token's subject.
     *
     * @throws IllegalArgumentException if a push service would answer 403
     */
    static String subject(String authorization, String origin, NumericDate now) {
        Matcher matcher = CREDENTIALS.matcher(authorization);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no vapid credentials: " + authorization);
        }
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setVerificationKey(publicKey(matcher.group(2)))
                    .setJwsAlgorithmConstraints(
                            AlgorithmConstraints.ConstraintType.PERMIT,
                            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                    .setExpectedAudience(origin)
                    .setRequireExpirationTime()
                    .setMaxFutureValidityInMinutes(LONGEST_MINUTES)
                    .setEvaluationTime(now)
                    .setRequireSubject()
                    .build()
                    .processToClaims(matcher.group(1));
            return claims.getSubject();
        } catch (InvalidJwtException | MalformedClaimException | GeneralSecurityException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static PublicKey publicKey(String base64url) throws GeneralSecurityException {
        var curve = ECNamedCurveTable.getParameterSpec("secp256r1");
        byte[] point = Base64.getUrlDecoder().decode(base64url);
        return KeyFactory.getInstance("EC", new BouncyCastleProvider())
                .generatePublic(new ECPublicKeySpec(curve.getCurve().decodePoint(point), curve));
    }
}
