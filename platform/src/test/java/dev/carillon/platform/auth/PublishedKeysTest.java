package dev.carillon.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.platform.cors.CorsSettings;
import dev.carillon.platform.cors.CrossOriginCalls;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.schemas.Json;
import dev.carillon.testsupport.ManualClock;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Tokens that an issuer signs with keys which it publishes, through the whole chain of filters. */
class PublishedKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String ISSUER = "https://id.example.org";

    private static RSAKey rsa;
    private static RSAKey foreign;
    private static ECKey ec;

    private final ManualClock clock = ManualClock.at(NOW.toString());
    private PublishedKeys issuer;
    private AnnotationConfigWebApplicationContext context;

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("one").generate();
        foreign = new RSAKeyGenerator(2048).keyID("one").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
    }

    @BeforeEach
    void start() throws Exception {
        issuer = new PublishedKeys(rsa, ec);
        ProblemWriter problems = new ProblemWriter(Json.mapper());
        EndUserSecurity security = new EndUserSecurity(
                new AuthSettings(null, issuer.uri(), ISSUER, "carillon"),
                new CrossOriginCalls(new CorsSettings(List.of()), problems),
                clock,
                problems);
        context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("security", security));
        context.register(Chain.class);
        context.refresh();
    }

    @AfterEach
    void stop() {
        context.close();
        issuer.close();
    }

    @Test
    void letsInWhomAPublishedKeySignsFor() throws Exception {
        assertThat(call(signed(rsa)).getStatus()).isEqualTo(200);
        assertThat(call(signed(ec)).getStatus()).isEqualTo(200);
    }

    @Test
    void refusesEveryOther() throws Exception {
        List<String> tokens = List.of(
                signed(
                        JWSAlgorithm.HS256,
                        "one",
                        new MACSigner(rsa.toRSAPublicKey().getEncoded()),
                        UnaryOperator.identity()),
                signed(
                        JWSAlgorithm.HS256,
                        null,
                        new MACSigner(rsa.toRSAPublicKey().getEncoded()),
                        UnaryOperator.identity()),
                signed(JWSAlgorithm.RS256, "one", new RSASSASigner(foreign), UnaryOperator.identity()),
                signed(JWSAlgorithm.RS512, "one", new RSASSASigner(rsa), UnaryOperator.identity()),
                signed(JWSAlgorithm.RS256, "nobodys", new RSASSASigner(rsa), UnaryOperator.identity()),
                signed(JWSAlgorithm.RS256, "one", new RSASSASigner(rsa), claims -> claims.issuer("https://other.org")),
                signed(JWSAlgorithm.RS256, "one", new RSASSASigner(rsa), claims -> claims.issuer(null)),
                signed(JWSAlgorithm.RS256, "one", new RSASSASigner(rsa), claims -> claims.audience("elsewhere")),
                signed(
                        JWSAlgorithm.RS256,
                        "one",
                        new RSASSASigner(rsa),
                        claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60)))),
                new PlainJWT(claims().build()).serialize());

        assertThat(tokens).allSatisfy(token -> {
            MockHttpServletResponse answer = call(token);
            assertThat(answer.getStatus()).as(token).isEqualTo(401);
            assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        });
    }

    @Test
    void asksToComeAgainWhileTheKeysCannotBeReadAndGoesOnWhenTheyCan() throws Exception {
        String token = signed(rsa);
        issuer.isAway(true);

        MockHttpServletResponse away = call(token);

        assertThat(away.getStatus()).isEqualTo(503);
        assertThat(away.getHeader("Retry-After")).isEqualTo("2");
        assertThat(away.getHeader("WWW-Authenticate")).isNull();
        assertThat(away.getContentType()).isEqualTo("application/problem+json");
        assertThat(away.getContentAsString())
                .contains("\"code\":\"service_unavailable\"")
                .doesNotContain("127.0.0.1");
        issuer.isAway(false);
        assertThat(call(token).getStatus()).isEqualTo(200);
    }

    @Test
    void knowsItsKeysWhileTheIssuerIsAwayAndLearnsNewOnesAfterwards() throws Exception {
        RSAKey next = new RSAKeyGenerator(2048).keyID("three").generate();
        assertThat(call(signed(rsa)).getStatus()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(5));
        assertThat(call(signed(rsa)).getStatus()).isEqualTo(200);
        assertThat(issuer.asked()).isEqualTo(2);
        issuer.publishes(rsa, next);
        issuer.isAway(true);
        clock.advance(Duration.ofMinutes(59));

        assertThat(call(signed(rsa)).getStatus()).isEqualTo(200);
        assertThat(call(signed(next)).getStatus()).isEqualTo(503);
        clock.advance(Duration.ofMinutes(1));
        assertThat(call(signed(rsa)).getStatus()).isEqualTo(503);

        issuer.isAway(false);
        clock.advance(Duration.ofSeconds(30));
        assertThat(call(signed(next)).getStatus()).isEqualTo(200);
        assertThat(call(signed(rsa)).getStatus()).isEqualTo(200);
    }

    @Test
    void asksTheIssuerTwiceAtMostWhateverKeysTokensName() throws Exception {
        RSAKey next = new RSAKeyGenerator(2048).keyID("three").generate();
        for (int i = 0; i < 100; i++) {
            String madeUp = signed(JWSAlgorithm.RS256, "made-up-" + i, new RSASSASigner(foreign), claims -> claims);
            assertThat(call(madeUp).getStatus()).isIn(401, 503);
        }

        assertThat(issuer.asked()).isEqualTo(2);
        assertThat(call(signed(rsa)).getStatus()).isEqualTo(200);
        issuer.publishes(rsa, next);
        assertThat(call(signed(next)).getStatus()).isEqualTo(503);
        clock.advance(Duration.ofSeconds(30));
        assertThat(call(signed(next)).getStatus()).isEqualTo(200);
        assertThat(issuer.asked()).isEqualTo(3);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = " ")
    void wantsToKnowTheIssuer(@Nullable String none) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings(null, "https://id.example.org/keys", none, "carillon"))
                .withMessageContaining("set carillon.auth.issuer");
    }

    private MockHttpServletResponse call(String token) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/preferences");
        request.addHeader("Authorization", "Bearer " + token);
        MockHttpServletResponse response = new MockHttpServletResponse();
        context.getBean("springSecurityFilterChain", Filter.class).doFilter(request, response, new MockFilterChain());
        return response;
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .issuer(ISSUER)
                .audience("carillon")
                .expirationTime(Date.from(NOW.plus(Duration.ofHours(2))));
    }

    private static String signed(RSAKey key) throws Exception {
        return signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key), UnaryOperator.identity());
    }

    private static String signed(ECKey key) throws Exception {
        return signed(JWSAlgorithm.ES256, key.getKeyID(), new ECDSASigner(key), UnaryOperator.identity());
    }

    private static String signed(
            JWSAlgorithm algorithm, @Nullable String key, JWSSigner signer, UnaryOperator<JWTClaimsSet.Builder> change)
            throws Exception {
        JWSHeader header = new JWSHeader.Builder(algorithm).keyID(key).build();
        SignedJWT token = new SignedJWT(header, change.apply(claims()).build());
        token.sign(signer);
        return token.serialize();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Chain {
        @Bean
        SecurityFilterChain testChain(HttpSecurity http, EndUserSecurity security) throws Exception {
            return security.chain(http);
        }
    }
}
