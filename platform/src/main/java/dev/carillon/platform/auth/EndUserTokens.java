package dev.carillon.platform.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Issues tokens signed with the shared secret: for the demo and for tests. */
public final class EndUserTokens {
    private final byte[] secret;
    private final String audience;
    private final Clock clock;

    public EndUserTokens(String secret, String audience, Clock clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.audience = audience;
        this.clock = clock;
    }

    /** A token of {@code recipient} that is good for {@code life}. */
    public String issue(RecipientId recipient, Duration life) {
        return issue(recipient, null, life);
    }

    /** A token of one session of {@code recipient}; null names none. */
    public String issue(RecipientId recipient, @Nullable String session, Duration life) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(recipient.value())
                .audience(audience)
                .claim("sid", session)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("the secret cannot sign", e);
        }
        return token.serialize();
    }
}
