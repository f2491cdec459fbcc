package dev.carillon.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.platform.cors.CorsSettings;
import dev.carillon.platform.cors.CrossOriginCalls;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.schemas.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class EndUserSecurityTest {
    private static final String SECRET = "a-secret-of-the-test-that-has-more-than-sixty-four-bytes-for-hs512";
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String ISSUER = "https://id.example.org";

    private final JwtDecoder decoder;

    EndUserSecurityTest() {
        ProblemWriter problems = new ProblemWriter(Json.mapper());
        decoder = new EndUserSecurity(
                        new AuthSettings(SECRET, null, ISSUER, "carillon"),
                        new CrossOriginCalls(new CorsSettings(List.of()), problems),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        problems)
                .decoder();
    }

    @Test
    void takesATokenOfTheIssuerForUs() throws Exception {
        assertThat(decoder.decode(signed(JWSAlgorithm.HS256, claims -> claims)).getSubject())
                .isEqualTo("ada");
    }

    @Test
    void refusesEveryOther() throws Exception {
        List<String> tokens = List.of(
                signed(JWSAlgorithm.HS256, claims -> claims.issuer("https://elsewhere.example.org")),
                signed(JWSAlgorithm.HS256, claims -> claims.issuer(null)),
                signed(JWSAlgorithm.HS256, claims -> claims.audience("elsewhere")),
                signed(JWSAlgorithm.HS256, claims -> claims.audience((String) null)),
                signed(JWSAlgorithm.HS256, claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60)))),
                signed(JWSAlgorithm.HS256, claims -> claims.expirationTime(null)),
                signed(JWSAlgorithm.HS256, claims -> claims.subject("no such id!")),
                signed(JWSAlgorithm.HS512, claims -> claims),
                new PlainJWT(claims().build()).serialize());
        assertThat(tokens)
                .allSatisfy(
                        token -> assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .issuer(ISSUER)
                .audience("carillon")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static String signed(JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        SignedJWT token =
                new SignedJWT(new JWSHeader(algorithm), change.apply(claims()).build());
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }
}
