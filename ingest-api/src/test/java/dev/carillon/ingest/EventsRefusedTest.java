package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsRefusedTest {
    private static final String EVENTS = "/api/v1/events";
    private static final String EVENT = "{\"title\":\"Hello\",\"recipients\":[\"ada\"]}";

    private RunningIngest ingest;
    private TopicProbe topics;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void namesAllBrokenRules() {
        double before = ingest.measured(Metric.EVENTS, "way", "http", "result", "refused");
        Api.Answer answer = post("{\"titel\":\"x\",\"recipient\":[\"ada\"],\"actor\":{\"id\":\"b\",\"nme\":\"B\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.errors())
                .contains(
                        "titel unknown_field",
                        "recipient unknown_field",
                        "actor.nme unknown_field",
                        "recipients target_required",
                        "title required");
        assertThat(answer.text("type")).isEqualTo("urn:carillon:problem:invalid_fields");
        assertThat(ingest.measured(Metric.EVENTS, "way", "http", "result", "refused"))
                .isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"erased:7", "tenant:ada"})
    void refusesIdsThatAreKeptForOtherUses(String id) {
        Api.Answer answer =
                post("{\"title\":\"x\",\"recipients\":[\"ID\"],\"audiences\":[\"ID\"],\"actor\":{\"id\":\"ID\"}}"
                        .replace("ID", id));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors())
                .containsExactlyInAnyOrder("recipients[0] format", "audiences[0] format", "actor.id format");
        assertThat(answer.toString()).contains("which are reserved");

        Api api = ingest.api();
        String members = "/api/v1/audiences/team/members";
        assertRefused(api.put("/api/v1/recipients/" + id, "{\"name\":\"A\"}"), "recipient format");
        assertRefused(api.put("/api/v1/recipients/" + id + "/preferences", "{}"), "recipient format");
        assertRefused(api.put(members + "/" + id, ""), "recipient format");
        assertRefused(api.put("/api/v1/audiences/" + id + "/members/ada", ""), "audience format");
        assertRefused(api.post(members, "{\"add\":[\"" + id + "\"]}"), "add[0] format");
        assertRefused(api.put(members, "{\"members\":[\"" + id + "\"]}"), "members[0] format");
        assertRefused(api.post("/api/v1/audiences/" + id + "/members", "{\"add\":[\"ada\"]}"), "audience format");
        assertRefused(api.put("/api/v1/audiences/team/audiences/" + id, ""), "audience format");
        assertThat(ingest.apiOf(id).get("/api/v1/preferences").status()).isEqualTo(401);
        assertThat(api.get("/api/v1/ops/recipients/" + id + "/timeline").status())
                .isEqualTo(200);
    }

    private static void assertRefused(Api.Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors()).containsExactly(error);
    }

    @Test
    void saysWhereTheJsonIsMalformed() {
        Api.Answer answer = post("{\"title\":\"Hello\",\n  \"recipients\":[\"ada\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).contains("line 2, column 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-key-of-nobody", ""})
    void asksForAValidKey(String token) {
        Api.Answer answer = ingest.api().withToken(token).post(EVENTS, EVENT);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.text("code")).isEqualTo("unauthorized");
    }

    @Test
    void asksForAKeyWhereNoneIsSent() {
        assertThat(ingest.api().withToken(null).post(EVENTS, EVENT).status()).isEqualTo(401);
    }

    @Test
    void refusesEndUsersTokens() {
        Api.Answer answer = ingest.apiOf("ada").post(EVENTS, EVENT);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("detail")).startsWith("a valid API key is required here");
        Api.Answer key = ingest.api().get("/api/v1/preferences");
        assertThat(key.status()).isEqualTo(401);
        assertThat(key.text("detail")).startsWith("a valid end user's token (a JWT) is required here");
    }

    @Test
    void tellsCallersOfEitherKindThatAPathDoesNotExist() {
        for (Api caller : new Api[] {ingest.api(), ingest.apiOf("ada")}) {
            Api.Answer answer = caller.get("/api/v1/nothing");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("code")).isEqualTo("not_found");
        }
        assertThat(ingest.api()
                        .withToken("wrong-key-of-nobody")
                        .get("/api/v1/nothing")
                        .status())
                .isEqualTo(401);
        Api.Answer inside = ingest.api().get("/api/v1/audiences/team");
        assertThat(inside.status()).isEqualTo(404);
        assertThat(inside.text("detail")).isEqualTo("there is no such path");
    }

    @Test
    void namesTheMethodThatEventsTake() {
        Api.Answer answer = ingest.api().get(EVENTS);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void namesTheScopeThatAKeyLacks() {
        Api.Answer answer = ingest.apiWith("manager", "[\"manage\"]", "[]").post(EVENTS, EVENT);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("detail")).contains("scope publish");
    }

    @Test
    void keepsAKeyToItsSources() {
        Api api = ingest.apiWith("billing", "[\"publish\"]", "[\"billing\"]");

        assertThat(api.post(EVENTS, EVENT).text("source")).isEqualTo("billing");
        Api.Answer other = api.post(EVENTS, "{\"title\":\"x\",\"recipients\":[\"ada\"],\"source\":\"shop\"}");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.errors()).containsExactly("source bound");
        Api.Answer array = api.post(EVENTS, "[{\"title\":\"x\",\"recipients\":[\"ada\"],\"source\":\"shop\"}]");
        JsonNode result = array.json().at("/results/0");
        assertThat(result.get("status").intValue()).isEqualTo(403);
        assertThat(Api.Answer.errors(result)).containsExactly("events[0].source bound");
    }

    @Test
    void asksForScopesOfTheirOwnForBroadcastsAndUrgency() {
        Api api = ingest.apiWith("shop", "[\"publish\"]", "[]");

        Api.Answer broadcast = api.post(EVENTS, "{\"title\":\"x\",\"broadcast\":true}");
        assertThat(broadcast.status()).isEqualTo(403);
        assertThat(broadcast.errors()).containsExactly("broadcast scope");
        Api.Answer urgent = api.post(EVENTS, "{\"title\":\"x\",\"recipients\":[\"ada\"],\"priority\":\"urgent\"}");
        assertThat(urgent.status()).isEqualTo(403);
        assertThat(urgent.errors()).containsExactly("priority scope");
    }

    @Test
    void refusesOtherContentTypes() {
        assertThat(ingest.api()
                        .post(EVENTS, EVENT.getBytes(StandardCharsets.UTF_8), "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void refusesMoreThanOneMebibyteWithAnAnnouncedLength() {
        Api.Answer answer = ingest.api().post(EVENTS, new byte[1024 * 1024 + 1], "application/json");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void refusesMoreThanOneMebibyteInChunks() {
        byte[] body = " ".repeat(1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8);
        Api.Answer answer = ingest.api()
                .send(ingest.api()
                        .request(EVENTS)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void takesAThousandEventsAndNotOneMore() {
        Api api = ingest.apiWith("many", "[\"publish\"]", "[]");

        Api.Answer all = api.post(EVENTS, array(1_000));
        assertThat(all.status()).isEqualTo(207);
        assertThat(all.json().get("results"))
                .hasSize(1_000)
                .allSatisfy(
                        result -> assertThat(result.get("status").intValue()).isEqualTo(202));
        Api.Answer tooMany = api.post(EVENTS, array(1_001));
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.errors()).containsExactly("events max_items");
    }

    @Test
    void limitsTheRateOfEachKey() {
        String token = ingest.api()
                .post("/api/v1/ops/api-keys", "{\"name\":\"greedy\",\"scopes\":[\"publish\"],\"events_per_second\":1}")
                .text("token");
        Api greedy = ingest.api().withToken(token);
        assertThat(greedy.post(EVENTS, array(1_000)).status()).isEqualTo(207);

        Api.Answer last = greedy.post(EVENTS, array(1_000));
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(ingest.apiWith("modest", "[\"publish\"]", "[]")
                        .post(EVENTS, EVENT)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void limitsTheRateOfEveryCallWithAKey() {
        String token = ingest.api()
                .post(
                        "/api/v1/ops/api-keys",
                        "{\"name\":\"busy\",\"scopes\":[\"publish\",\"operate\"],\"events_per_second\":1}")
                .text("token");
        Api busy = ingest.api().withToken(token);
        assertThat(busy.post(EVENTS, array(990)).status()).isEqualTo(207);
        assertThat(busy.get("/api/v1/types").status()).isEqualTo(200);

        List<Supplier<Api.Answer>> calls = List.of(
                () -> busy.get("/api/v1/types"),
                () -> busy.get("/api/v1/ops/api-keys"),
                () -> busy.post(EVENTS + "/explain", "{}"),
                () -> busy.put("/api/v1/recipients/ada", "{}"));

        assertThat(calls).allSatisfy(call -> {
            Api.Answer refused = Stream.generate(call)
                    .limit(1_000)
                    .filter(answer -> answer.status() == 429)
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.text("code")).isEqualTo("rate_limited");
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
        });
    }

    @Test
    void needsATitleForATypeThatTheCatalogueDoesNotHave() {
        Api.Answer answer = post("{\"type\":\"nobody.knows\",\"recipients\":[\"ada\"]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errors()).containsExactly("title required");
    }

    @Test
    void writesNothingOfWhatItRefuses() {
        post("{\"id\":\"refused-1\",\"title\":\"x\",\"recipients\":[\"ada\"],\"oops\":1}");

        assertThat(topics.readAll(ingest.topic("intake")))
                .noneSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8))
                        .contains("refused-1"));
    }

    private Api.Answer post(String body) {
        return ingest.api().post(EVENTS, body);
    }

    private static String array(int size) {
        return IntStream.range(0, size).mapToObj(i -> EVENT).collect(Collectors.joining(",", "[", "]"));
    }
}
