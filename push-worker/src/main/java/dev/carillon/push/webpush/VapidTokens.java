package dev.carillon.push.webpush;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code Authorization} values of RFC 8292, one for each origin and key, signed once and used for twelve hours (a
 * push service refuses more than 24). Holds at most 1,000; the longest unused goes.
 */
public final class VapidTokens {
    static final Duration VALIDITY = Duration.ofHours(12);
    /** A token is replaced this long before it ends, so that none expires on its way. */
    static final Duration MARGIN = Duration.ofMinutes(30);

    private static final int MOST_ORIGINS = 1_000;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            BASE64URL.encodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(StandardCharsets.US_ASCII));

    private final VapidSubject subject;
    private final Clock clock;
    private final Map<Audience, Token> tokens = new LinkedHashMap<>(16, 0.75f, true);

    public VapidTokens(VapidSubject subject, Clock clock) {
        this.subject = subject;
        this.clock = clock;
    }

    /** The value of the header {@code Authorization} for a request to this origin. */
    public String authorization(PushOrigin origin, VapidKeyPair pair) {
        Instant now = clock.instant();
        Audience audience = new Audience(origin, pair.publicKey());
        synchronized (tokens) {
            Token token = tokens.get(audience);
            if (token == null || !token.usableAt(now)) {
                token = sign(origin, pair, now.plus(VALIDITY));
                tokens.put(audience, token);
                if (tokens.size() > MOST_ORIGINS) {
                    tokens.remove(tokens.keySet().iterator().next());
                }
            }
            return token.authorization();
        }
    }

    private Token sign(PushOrigin origin, VapidKeyPair pair, Instant expires) {
        String claims = "{\"aud\":\"" + origin.text() + "\",\"exp\":" + expires.getEpochSecond() + ",\"sub\":\""
                + escaped(subject.uri()) + "\"}";
        String signed = HEADER + "." + BASE64URL.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance(
                    "SHA256withECDSAinP1363Format", CryptoProviders.jdk().elliptic());
            signature.initSign(pair.privateKey());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            String token = signed + "." + BASE64URL.encodeToString(signature.sign());
            return new Token("vapid t=" + token + ", k=" + pair.publicKey(), expires);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot sign with ES256", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private record Audience(PushOrigin origin, String publicKey) {}

    private record Token(String authorization, Instant expires) {
        boolean usableAt(Instant now) {
            Instant begins = expires.minus(VALIDITY);
            return !now.isBefore(begins) && now.isBefore(expires.minus(MARGIN));
        }
    }
}
