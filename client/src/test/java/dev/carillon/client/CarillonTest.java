package dev.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the client makes of answers, which a server gives as it is told. The real API is met in ingest-api's tests. */
class CarillonTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ACCEPTED = "{\"uid\": \"u-1\", \"id\": \"e-1\", \"source\": \"s\"}";

    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<String> got = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private HttpServer server;
    private Carillon carillon;

    private record Reply(int status, @Nullable String retryAfter, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        carillon = client(new Retries(3, Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }

    @AfterEach
    void stop() {
        carillon.close();
        server.stop(0);
    }

    @Test
    void sendsTheSameAgainAndNotBeforeTheServerAsks() {
        reply(503, null, "{}");
        reply(429, "7", "{\"code\": \"rate_limited\"}");
        reply(202, null, ACCEPTED);

        assertThat(carillon.publish(Event.of("t").to("ada"))).isEqualTo(new Receipt("u-1", "e-1", "s"));
        assertThat(got).hasSize(3).containsOnly(got.getFirst());
        assertThat(JSON.readTree(got.getFirst()).path("id").asString()).hasSize(36);
        assertThat(waits).hasSize(2);
        assertThat(waits.getFirst()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(waits.getLast()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void saysThatItIsNotKnownWhereNoAttemptHelped() {
        reply(503, null, "<html>a proxy's own page</html>");
        reply(503, null, "{}");
        reply(504, null, "{\"detail\": \"the broker does not answer\"}");

        assertThatThrownBy(() -> carillon.publish(Event.titled("x").to("ada")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the broker does not answer");
        assertThat(got).hasSize(3);
        server.stop(0);
        assertThatThrownBy(() -> carillon.publish(Event.titled("x").to("ada")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no answer from");
    }

    @Test
    void doesNotWaitForLongerThanItMay() {
        reply(503, "3600", "{}");

        assertThatThrownBy(() -> carillon.publish(Event.titled("x").to("ada")))
                .isInstanceOf(UnavailableException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void namesTheFieldsOfWhatIsRefusedAndSendsItOnce() {
        reply(422, null, """
                {"code": "invalid_fields", "detail": "2 fields are invalid", "errors": [
                  {"field": "title", "rule": "required", "message": "is required"},
                  {"field": "recipients[0]", "rule": "format", "message": "must be an id"}]}
                """);

        assertThatThrownBy(() -> carillon.publish(Event.of("t")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo("invalid_fields");
                    assertThat(refused.problem().violations())
                            .extracting(FieldViolation::field)
                            .containsExactly("title", "recipients[0]");
                })
                .hasMessageContaining("recipients[0] must be an id");
        assertThat(got).hasSize(1);
    }

    @Test
    void sendsOfABatchAgainOnlyWhatWasNotTaken() {
        reply(207, null, """
                {"results": [{"status": 202, "uid": "u-a", "id": "a", "source": "s"}, {"status": 503},
                  {"status": 422, "code": "invalid_fields"}]}
                """);
        reply(207, null, "{\"results\": [{\"status\": 202, \"uid\": \"u-b\", \"id\": \"b\", \"source\": \"s\"}]}");

        List<Result> results = carillon.publishAll(List.of(
                Event.titled("x").id("a"),
                Event.titled("x").id("b"),
                Event.titled("x").id("c")));
        assertThat(results.get(0)).isEqualTo(new Result.Accepted(new Receipt("u-a", "a", "s")));
        assertThat(results.get(1)).isEqualTo(new Result.Accepted(new Receipt("u-b", "b", "s")));
        assertThat(results.get(2))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(422));
        assertThat(ids(got.get(1))).containsExactly("b");
    }

    @Test
    void keepsEachRequestWithinTheLimits() {
        String large = "x".repeat(9_000);
        List<Event> events = IntStream.range(0, 300)
                .mapToObj(i -> Event.titled(large).id("e-" + i))
                .toList();
        List<Event> small = IntStream.range(0, 1_001)
                .mapToObj(i -> Event.titled("x").id("e-" + i))
                .toList();

        assertThat(carillon.publishAll(events)).hasSize(300).allMatch(Result.Accepted.class::isInstance);
        assertThat(got).hasSize(3).allMatch(body -> body.length() <= 1024 * 1024);
        got.clear();
        assertThat(carillon.publishAll(small)).hasSize(1_001);
        assertThat(got).extracting(body -> ids(body).size()).containsExactly(1_000, 1);
        assertThat(carillon.publishAll(List.of())).isEmpty();
    }

    private Carillon client(Retries retries) {
        return Carillon.at("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .key("ck_test")
                .retries(retries)
                .pause(waits::add)
                .build();
    }

    private void reply(int status, @Nullable String retryAfter, String body) {
        replies.add(new Reply(status, retryAfter, body));
    }

    private static List<String> ids(String body) {
        return JSON.readTree(body)
                .valueStream()
                .map(event -> event.path("id").asString())
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(body);
        Reply told = replies.poll();
        Reply reply = told == null ? new Reply(207, null, allAccepted(body)) : told;
        if (reply.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String allAccepted(String body) {
        JsonNode events = JSON.readTree(body);
        List<String> results = events.valueStream()
                .map(event -> "{\"status\": 202, \"uid\": \"u\", \"source\": \"s\", \"id\": " + event.path("id") + "}")
                .toList();
        return "{\"results\": [" + String.join(",", results) + "]}";
    }
}
