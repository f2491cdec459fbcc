package dev.carillon.ingest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.schemas.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect issuer that lets everybody in at once, keeps to PKCE, and lies where it is told to. */
final class FakeIssuer implements AutoCloseable {
    static final String CLIENT = "carillon-console";
    static final String SECRET = "s:cret of the client";

    private final HttpServer server;
    private final RSAKey key;
    private final RSAKey foreign;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final InstantSource clock;

    private volatile Consumer<JWTClaimsSet.Builder> claims = claims -> {};
    private volatile Signed signed = Signed.PROPERLY;
    private volatile boolean away;
    private volatile boolean keyless;
    private volatile @Nullable String error;

    /** How its ID tokens are signed. */
    enum Signed {
        PROPERLY,
        NOT_AT_ALL,
        BY_ANOTHER_KEY,
        /** By what everybody knows: the published key, as if it were a shared secret. */
        BY_THE_PUBLIC_KEY,
        /** Properly, but it says that it is something else. */
        AS_AN_ACCESS_TOKEN
    }

    FakeIssuer(InstantSource clock) throws IOException, JOSEException {
        this.clock = clock;
        this.key = new RSAKeyGenerator(2048).keyID("one").generate();
        this.foreign = new RSAKeyGenerator(2048).keyID("one").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Another site than the console's, which is reached by number. */
    String name() {
        return "http://localhost:" + server.getAddress().getPort() + "/realm";
    }

    void behaves() {
        claims = claims -> {};
        signed = Signed.PROPERLY;
        away = false;
        keyless = false;
        error = null;
    }

    void says(Consumer<JWTClaimsSet.Builder> otherClaims) {
        claims = otherClaims;
    }

    void signs(Signed otherwise) {
        signed = otherwise;
    }

    void isAway(boolean gone) {
        away = gone;
    }

    /** Publishes something that is no set of keys. */
    void losesItsKeys() {
        keyless = true;
    }

    /** Refuses with this code. */
    void refuses(String code) {
        error = code;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/realm/.well-known/openid-configuration" -> send(exchange, 200, discovery());
                case "/realm/keys" -> send(exchange, 200, keyless ? "{}" : new JWKSet(key).toString(true));
                case "/realm/authorize" -> authorize(exchange);
                case "/realm/token" -> token(exchange);
                default -> send(exchange, 404, "{}");
            }
        }
    }

    private String discovery() {
        return new String(
                Json.write(Map.of(
                        "issuer", name(),
                        "authorization_endpoint", name() + "/authorize?ui=plain",
                        "token_endpoint", name() + "/token",
                        "jwks_uri", name() + "/keys")),
                StandardCharsets.UTF_8);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String refusal = error;
        String answer = refusal == null ? "code=" + issueCode(asked) : "error=" + encode(refusal);
        String back = asked.get("redirect_uri") + "?" + answer + "&state=" + encode(asked.getOrDefault("state", ""));
        exchange.getResponseHeaders().add("Location", back);
        exchange.sendResponseHeaders(302, -1);
    }

    private String issueCode(Map<String, String> asked) {
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return code;
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> sent = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
        Map<String, String> question = asked == null ? Map.of() : asked;
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((encode(CLIENT) + ":" + encode(SECRET)).getBytes(StandardCharsets.UTF_8));
        boolean right = !sent.containsKey("client_id")
                && !sent.containsKey("client_secret")
                && basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && "S256".equals(question.get("code_challenge_method"))
                && challenge(sent.getOrDefault("code_verifier", "")).equals(question.get("code_challenge"))
                && sent.getOrDefault("redirect_uri", "").equals(question.get("redirect_uri"));
        if (asked == null || !right) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        send(
                exchange,
                200,
                "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken(asked) + "\"}");
    }

    private String idToken(Map<String, String> asked) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder said = new JWTClaimsSet.Builder()
                .issuer(name())
                .audience(CLIENT)
                .subject("248289")
                .claim("nonce", asked.get("nonce"))
                .claim("name", "Ada Lovelace")
                .claim("groups", List.of("staff", "carillon-operators"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
        claims.accept(said);
        try {
            return serialize(said.build());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String serialize(JWTClaimsSet said) throws JOSEException {
        return switch (signed) {
            case PROPERLY -> sign(said, header(JWSAlgorithm.RS256), new RSASSASigner(key));
            case NOT_AT_ALL -> new PlainJWT(said).serialize();
            case BY_ANOTHER_KEY -> sign(said, header(JWSAlgorithm.RS256), new RSASSASigner(foreign));
            case BY_THE_PUBLIC_KEY ->
                sign(
                        said,
                        header(JWSAlgorithm.HS256),
                        new MACSigner(key.toRSAPublicKey().getEncoded()));
            case AS_AN_ACCESS_TOKEN ->
                sign(said, header(JWSAlgorithm.RS256).type(new JOSEObjectType("at+jwt")), new RSASSASigner(key));
        };
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID("one");
    }

    private static String sign(JWTClaimsSet said, JWSHeader.Builder header, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header.build(), said);
        token.sign(signer);
        return token.serialize();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] halves = pair.split("=", 2);
            fields.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
