package dev.carillon.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.auth.EndUser;
import dev.carillon.platform.auth.EndUserAuthConfiguration;
import dev.carillon.platform.auth.EndUserSecurity;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.startup.CarillonService;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.contract.ContractConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class PlatformWebTest {
    private static final String JWT_SECRET = "a-secret-of-the-test-with-32-bytes-or-more";
    private static final String CLOCK_SECRET = "moves-the-test-clock";

    private static final String METRICS_TOKEN = "reads-the-test-metrics";

    private static ConfigurableApplicationContext context;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        http = HttpClient.newHttpClient();
        context = run(
                "--carillon.metrics.token=" + METRICS_TOKEN,
                "--carillon.cors.origins=https://app.example.com,http://localhost:*");
    }

    private static ConfigurableApplicationContext run(String... more) {
        Stream<String> common = Stream.of(
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrapServers(),
                "--carillon.topics.prefix=" + TestInfrastructure.freshTopicPrefix(),
                "--carillon.topics.partitions=1",
                "--carillon.auth.jwt-secret=" + JWT_SECRET,
                "--carillon.clock.test-secret=" + CLOCK_SECRET);
        return CarillonService.application(Service.class, 0)
                .run(Stream.concat(common, Stream.of(more)).toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        context.close();
        http.close();
    }

    @Test
    void knowsTheEndUserByHerToken() throws Exception {
        assertThat(get("/api/v1/test/me", token(JWT_SECRET, "carillon")).body()).contains("\"ada\"");
    }

    @Test
    void refusesAForgedForeignOrMissingTokenWithAProblem() throws Exception {
        String forged = token("another-secret-of-the-test-with-32-bytes", "carillon");
        for (String token : List.of(forged, token(JWT_SECRET, "somebody-else"), "nonsense")) {
            HttpResponse<String> answer = get("/api/v1/test/me", token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void tellsOnlyWhoHasACredentialThatAPathDoesNotExist() throws Exception {
        HttpResponse<String> known = get("/anything", token(JWT_SECRET, "carillon"));
        assertThat(known.statusCode()).isEqualTo(404);
        assertThat(known.body()).contains("\"code\":\"not_found\"", "there is no such path");
        assertThat(get("/api/v1/other/x", "an-api-key-of-somewhere").statusCode())
                .isEqualTo(401);
        HttpResponse<String> nobody =
                http.send(HttpRequest.newBuilder(uri("/anything")).build(), BodyHandlers.ofString());
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(nobody.headers().map()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void saysWhichCredentialAPathTakes() throws Exception {
        assertThat(get("/api/v1/test/me", "ck_an-api-key").body()).contains("end user's token (a JWT) is required");
    }

    @Test
    void refusesWhatTheFrameworkRefusesInTheSameShape() throws Exception {
        String token = token(JWT_SECRET, "carillon");
        assertThat(get("/api/v1/test/none", token).body())
                .contains("urn:carillon:problem:not_found", "\"code\":\"not_found\"", "there is no such path");
        HttpResponse<String> method = post("/api/v1/test/me", "{}", token);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).hasValue("GET");
        assertThat(method.body()).contains("\"code\":\"method_not_allowed\"", "this path answers GET, not POST");
        HttpResponse<String> type = http.send(
                HttpRequest.newBuilder(uri("/api/v1/test/echo"))
                        .POST(BodyPublishers.ofString("text=x"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "text/plain")
                        .build(),
                BodyHandlers.ofString());
        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(type.body())
                .contains("\"code\":\"unsupported_media_type\"", "the body must come as application/json");
        HttpResponse<String> missing = get("/api/v1/test/wanting", token);
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).contains("\"code\":\"invalid_parameter\"", "name: is required");
    }

    @Test
    void saysWhereAJsonBodyIsMalformed() throws Exception {
        HttpResponse<String> answer = post("/api/v1/test/echo", "{\n  \"text\": }", token(JWT_SECRET, "carillon"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed_json").contains("line 2");
    }

    @Test
    void takesABodyAsItIsSentAndInflatesNothing() throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("{\"text\": \"x\"}".getBytes(StandardCharsets.UTF_8));
        }

        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(uri("/api/v1/test/echo"))
                        .POST(BodyPublishers.ofByteArray(compressed.toByteArray()))
                        .header("Content-Encoding", "gzip"),
                token(JWT_SECRET, "carillon"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed_json");
    }

    @Test
    void namesTheFieldThatBreaksARule() throws Exception {
        HttpResponse<String> answer = post("/api/v1/test/echo", "{\"text\": \"\"}", token(JWT_SECRET, "carillon"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"text\"").contains("\"rule\":\"not_blank\"");
    }

    @Test
    void movesTheClockForWhoKnowsTheSecret() throws Exception {
        Instant before = context.getBean(PipelineClock.class).instant();

        assertThat(post("/internal/clock", "{\"advance\": \"PT1H\"}", "wrong").statusCode())
                .isEqualTo(401);
        assertThat(post("/internal/clock", "{\"advance\": \"PT1H\"}", CLOCK_SECRET)
                        .statusCode())
                .isEqualTo(200);

        assertThat(context.getBean(PipelineClock.class).instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "http://localhost:5173", "http://localhost"})
    void aPageOfANamedOriginMayCallWithItsCredentials(String origin) throws Exception {
        HttpResponse<String> preflight = preflight(origin, "PATCH");
        HttpResponse<String> call = get("/api/v1/test/me", token(JWT_SECRET, "carillon"), origin);
        HttpResponse<String> refused = get("/api/v1/test/me", "nonsense", origin);

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("PATCH"));
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).containsIgnoringCase("authorization"));
        assertThat(call.body()).contains("\"ada\"");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(List.of(preflight, call, refused)).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(origin);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .hasValue("true");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com",
                "http://app.example.com",
                "https://app.example.com.evil.com",
                "https://localhost:5173",
                "null"
            })
    void aPageOfAnyOtherOriginIsRefusedBeforeAnythingIsDone(String origin) throws Exception {
        for (HttpResponse<String> answer :
                List.of(preflight(origin, "GET"), get("/api/v1/test/me", token(JWT_SECRET, "carillon"), origin))) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"origin_not_allowed\"");
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void aPageMayNotSendWhatNobodyReads() throws Exception {
        assertThat(preflight("https://app.example.com", "TRACE").statusCode()).isEqualTo(403);
    }

    @Test
    void answersProbesWithoutAToken() throws Exception {
        HttpRequest probe =
                HttpRequest.newBuilder(uri("/actuator/health/readiness")).build();
        assertThat(http.send(probe, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void showsMetricsToWhoHasTheirToken() throws Exception {
        HttpRequest nobody = HttpRequest.newBuilder(uri("/actuator/prometheus")).build();
        assertThat(http.send(nobody, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", METRICS_TOKEN + "x").statusCode())
                .isEqualTo(401);

        HttpResponse<String> answer = get("/actuator/prometheus", METRICS_TOKEN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "native", "framework"})
    void withoutATokenNoHeaderMakesACallerOneOfThisMachine(String strategy) throws Exception {
        try (ConfigurableApplicationContext open = run("--server.forward-headers-strategy=" + strategy)) {
            URI metrics = URI.create("http://127.0.0.1:" + open.getEnvironment().getProperty("local.server.port")
                    + "/actuator/prometheus");
            assertThat(metricsStatus(metrics)).isEqualTo(200);
            assertThat(metricsStatus(metrics, "X-Forwarded-For", "127.0.0.1")).isEqualTo(401);
            assertThat(metricsStatus(metrics, "x-forwarded-for", "127.0.0.1, 127.0.0.1"))
                    .isEqualTo(401);
            assertThat(metricsStatus(metrics, "Forwarded", "for=127.0.0.1")).isEqualTo(401);
            assertThat(metricsStatus(metrics, "X-Forwarded-Proto", "https")).isEqualTo(401);
            assertThat(metricsStatus(metrics, "X-Forwarded-For", "203.0.113.7")).isEqualTo(401);
        }
    }

    private static int metricsStatus(URI metrics, String... header) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(metrics);
        if (header.length > 0) {
            request.headers(header);
        }
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private static String token(String secret, String audience) {
        return new EndUserTokens(secret, audience, context.getBean(Clock.class))
                .issue(new RecipientId("ada"), Duration.ofMinutes(5));
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)), token);
    }

    /** What a browser asks before a page of {@code origin} may call with {@code method} and a token. */
    private static HttpResponse<String> preflight(String origin, String method)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/test/me"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String token, String origin)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).header("Origin", origin), token);
    }

    private static HttpResponse<String> post(String path, String body, String token)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)), token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String token)
            throws IOException, InterruptedException {
        request.header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    /** A service of its own, with paths that no document of Carillon knows. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {KafkaAutoConfiguration.class, DataSourceAutoConfiguration.class, ContractConfiguration.class})
    @Import({PlatformConfiguration.class, EndUserAuthConfiguration.class})
    static class Service {
        @Bean
        Endpoints testEndpoints() {
            return new Endpoints();
        }

        @Bean
        @Order(1)
        SecurityFilterChain testSecurity(HttpSecurity http, EndUserSecurity security) throws Exception {
            return security.chain(http.securityMatcher("/api/v1/test/**"));
        }
    }

    @RestController
    static class Endpoints {
        @GetMapping("/api/v1/test/me")
        Map<String, String> me(EndUser user) {
            return Map.of("id", user.id().value());
        }

        @GetMapping("/api/v1/test/wanting")
        Map<String, String> wanting(@RequestParam String name) {
            return Map.of("name", name);
        }

        @PostMapping(path = "/api/v1/test/echo", consumes = MediaType.APPLICATION_JSON_VALUE)
        Text echo(@RequestBody Text body) {
            if (body.text().isBlank()) {
                throw ProblemException.invalid(List.of(new FieldError("text", "not_blank", "must not be blank")));
            }
            return body;
        }
    }

    record Text(String text) {}
}
