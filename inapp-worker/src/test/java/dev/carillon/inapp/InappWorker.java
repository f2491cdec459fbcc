package dev.carillon.inapp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port, and a client of its HTTP interface. */
public final class InappWorker implements AutoCloseable {
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final EndUserTokens tokens;
    private final HttpClient http = HttpClient.newHttpClient();

    private InappWorker(ConfigurableApplicationContext context) {
        this.context = context;
        this.tokens = new EndUserTokens(SECRET, "carillon", context.getBean(PipelineClock.class));
    }

    public static InappWorker start(TestDatabase database, String topicPrefix, String... more) {
        Map<String, String> settings = new HashMap<>(database.springProperties());
        settings.put("spring.kafka.bootstrap-servers", TestInfrastructure.bootstrapServers());
        settings.put("carillon.topics.prefix", topicPrefix);
        settings.put("carillon.topics.partitions", "3");
        settings.put("carillon.auth.jwt-secret", SECRET);
        settings.put("spring.main.register-shutdown-hook", "false");
        for (String setting : more) {
            settings.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new InappWorker(
                CarillonService.application(InappWorkerApplication.class, 0).run(arguments));
    }

    /** The catalogue of an installation with this prefix. */
    public static Topics topics(String prefix) {
        TopicSettings defaults = TopicSettings.defaults();
        return new Topics(new TopicSettings(prefix, 3, (short) 1, defaults.retryTiers()));
    }

    /** What this worker's clock says. */
    public Instant now() {
        return bean(PipelineClock.class).instant();
    }

    /** Moves this worker's clock, and no other's. */
    public void advance(Duration by) {
        bean(PipelineClock.class).advance(by);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public URI uri(String path) {
        var server = ((WebServerApplicationContext) context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("there is no web server");
        }
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    public String token(String user) {
        return tokens.issue(new RecipientId(user), Duration.ofHours(1));
    }

    /** A token of {@code user} in the session of that name. */
    public String token(String user, String session) {
        return tokens.issue(new RecipientId(user), session, Duration.ofHours(1));
    }

    /** A token of {@code user} with further claims, as an identity provider's. */
    public String token(String user, Map<String, Object> claims) {
        JWTClaimsSet.Builder all = new JWTClaimsSet.Builder()
                .subject(user)
                .audience("carillon")
                .expirationTime(Date.from(now().plus(Duration.ofHours(1))));
        claims.forEach(all::claim);
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), all.build());
        try {
            token.sign(new MACSigner(SECRET));
        } catch (JOSEException e) {
            throw new IllegalStateException("the secret cannot sign", e);
        }
        return token.serialize();
    }

    public String token(String user, Duration life) {
        return tokens.issue(new RecipientId(user), life);
    }

    /** Calls as {@code user}; a relative path is one below the notifications. */
    public Answer call(String user, String method, String path) {
        String full = path.startsWith("/") ? path : "/api/v1/notifications" + (path.isEmpty() ? "" : "/" + path);
        if (path.startsWith("?")) {
            full = "/api/v1/notifications" + path;
        }
        HttpRequest request = HttpRequest.newBuilder(uri(full))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token(user))
                .build();
        return send(request);
    }

    /** Calls as {@code user} with a JSON body; the path is one below the notifications. */
    public Answer call(String user, String method, String path, String json) {
        return send(HttpRequest.newBuilder(uri("/api/v1/notifications/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Authorization", "Bearer " + token(user))
                .header("Content-Type", "application/json")
                .build());
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(response, body.isEmpty() ? JSON.nullNode() : JSON.readTree(body));
        } catch (Exception e) {
            throw new IllegalStateException(request + " failed", e);
        }
    }

    /** An answer and its JSON. */
    public record Answer(HttpResponse<String> response, JsonNode json) {
        public int status() {
            return response.statusCode();
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
