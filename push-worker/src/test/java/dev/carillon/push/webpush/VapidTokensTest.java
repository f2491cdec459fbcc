package dev.carillon.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VapidTokensTest {
    private static final PushOrigin ORIGIN = PushOrigin.of(URI.create("https://Push.example.net/send/1"));

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final VapidKeyPair pair = VapidKeyPair.generate();
    private final VapidTokens tokens = new VapidTokens(new VapidSubject("mailto:ops@example.org"), clock);

    @Test
    void saysWhoSendsToWhomAndUntilWhen() {
        String token = token(tokens.authorization(ORIGIN, pair));

        assertThat(decoded(token.split("\\.", -1)[0])).isEqualTo("{\"typ\":\"JWT\",\"alg\":\"ES256\"}");
        assertThat(decoded(token.split("\\.", -1)[1]))
                .isEqualTo("{\"aud\":\"https://push.example.net\",\"exp\":"
                        + Instant.parse("2026-11-20T22:00:00Z").getEpochSecond()
                        + ",\"sub\":\"mailto:ops@example.org\"}");
    }

    @Test
    void isSignedByTheKeyItNames() throws GeneralSecurityException {
        String authorization = tokens.authorization(ORIGIN, pair);
        String token = token(authorization);
        int end = token.lastIndexOf('.');
        byte[] point = Base64.getUrlDecoder().decode(authorization.substring(authorization.indexOf("k=") + 2));
        PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(P256.keyInfo(point)));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key);
        signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));

        assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1))))
                .isTrue();
    }

    @Test
    void isSignedOnceForAnOriginAndKeyAndAgainBeforeItEnds() {
        String first = tokens.authorization(ORIGIN, pair);
        clock.advance(Duration.ofHours(11));
        assertThat(tokens.authorization(ORIGIN, pair)).isEqualTo(first);
        clock.advance(Duration.ofMinutes(31));
        assertThat(tokens.authorization(ORIGIN, pair)).isNotEqualTo(first);
    }

    @Test
    void isSignedAnewWhenTheClockWasSetBack() {
        String first = tokens.authorization(ORIGIN, pair);
        clock.advance(Duration.ofHours(-1));

        assertThat(tokens.authorization(ORIGIN, pair)).isNotEqualTo(first);
    }

    @Test
    void differsByOriginAndByKey() {
        PushOrigin other = PushOrigin.of(URI.create("https://push.example.net:8443/send/1"));

        assertThat(tokens.authorization(ORIGIN, pair))
                .isNotEqualTo(tokens.authorization(other, pair))
                .isNotEqualTo(tokens.authorization(ORIGIN, VapidKeyPair.generate()));
        assertThat(decoded(token(tokens.authorization(other, pair)).split("\\.", -1)[1]))
                .contains("\"aud\":\"https://push.example.net:8443\"");
    }

    private static String token(String authorization) {
        assertThat(authorization).startsWith("vapid t=");
        return authorization.substring("vapid t=".length(), authorization.indexOf(','));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
