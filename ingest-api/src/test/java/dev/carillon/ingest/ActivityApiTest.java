package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The log of accepted events, and the numbers in them. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivityApiTest {
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final String LOG = "/api/v1/ops/activity";

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
    void logsEachEventOnceWhoeverIsToldOfItAndShowsItByPages() {
        // In four partitions, and once more under the same name.
        for (int i = 0; i < 2; i++) {
            publish("{\"id\": \"a1\", \"source\": \"log\", \"title\": \"t\", \"audiences\": [\"everybody\"]}");
        }
        publish("{\"id\": \"a2\", \"source\": \"log\", \"type\": \"order.placed\", \"log_only\": true,"
                + " \"actor\": {\"id\": \"ada\", \"name\": \"Ada\"},"
                + " \"subjects\": [{\"type\": \"order\", \"id\": \"7\", \"name\": \"No. 7\"}]}");
        publish("{\"id\": \"a3\", \"source\": \"log\", \"title\": \"t\", \"recipients\": [\"bob\"],"
                + " \"actor\": {\"id\": \"ada\"}}");
        await().atMost(WAIT).until(() -> ids("?source=log").size() == 3);

        assertThat(ids("?source=log")).containsExactly("a3", "a2", "a1");
        assertThat(ids("?source=log&actor=ada")).containsExactly("a3", "a2");
        assertThat(ids("?source=log&subject=order:7")).containsExactly("a2");
        assertThat(ids("?source=log&type=order.placed")).containsExactly("a2");
        assertThat(ids("?source=log&to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(byPages()).containsExactly("a3", "a2", "a1");
        JsonNode only = ingest.api().get(LOG + "?subject=order:7").json().at("/events/0");
        assertThat(only.path("log_only").asBoolean()).isTrue();
        assertThat(only.at("/actor/name").asString()).isEqualTo("Ada");
        assertThat(only.at("/subjects/0/name").asString()).isEqualTo("No. 7");
    }

    @Test
    void beginsWhereTheQuestionSays() {
        publish("{\"id\": \"f1\", \"source\": \"from\", \"title\": \"t\", \"recipients\": [\"bob\"]}");
        Instant between = later(Duration.ofMinutes(2)).minus(Duration.ofMinutes(1));
        publish("{\"id\": \"f2\", \"source\": \"from\", \"title\": \"t\", \"recipients\": [\"bob\"]}");
        await().atMost(WAIT).until(() -> ids("?source=from").size() == 2);

        assertThat(ids("?source=from&from=" + between)).containsExactly("f2");
        assertThat(ids("?source=from&to=" + between)).containsExactly("f1");
        assertThat(ids("?source=from&from=2100-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void sumsOnlyTheHoursOfTheQuestion() {
        ingest.api().put("/api/v1/types/refund", "{\"metrics\": [\"amount\"]}");
        untilAnHourBegins();
        publish(refund("r1", 1));
        Instant second = later(Duration.ofHours(1)).truncatedTo(ChronoUnit.HOURS);
        publish(refund("r2", 20));
        Instant end = later(Duration.ofMinutes(1));
        String all = "&from=%s&to=%s".formatted(second.minus(Duration.ofHours(1)), end);
        await().atMost(WAIT).until(() -> sums(all).size() == 2);

        assertThat(sums(all)).containsExactly(1, 20);
        assertThat(sums("&from=%s&to=%s".formatted(second, end))).containsExactly(20);
        assertThat(sums("&from=%s&to=%s".formatted(second.minus(Duration.ofHours(1)), second)))
                .containsExactly(1);
        assertThat(sums("&from=2100-01-01T00:00:00Z&to=2100-01-02T00:00:00Z")).isEmpty();
    }

    @Test
    void anEventForTheLogAloneReachesOnePartitionAndNobody() {
        publish("{\"id\": \"b1\", \"source\": \"alone\", \"type\": \"x\", \"log_only\": true}");

        assertThat(topics.readAll(ingest.topic("intake")).stream()
                        .map(record -> Json.read(record.value(), IntakeRecord.class))
                        .filter(record -> record instanceof IntakeRecord.RouteEvent route
                                && route.event().source().equals("alone")))
                .singleElement()
                .satisfies(record -> assertThat(
                                ((IntakeRecord.RouteEvent) record).targets().recipients())
                        .isEmpty());
        assertThat(ingest.api().post("/api/v1/events", "{\"type\": \"x\"}").errors())
                .containsExactly("recipients target_required");
        assertThat(ingest.api()
                        .post("/api/v1/events", "{\"type\": \"x\", \"log_only\": true, \"recipients\": [\"ada\"]}")
                        .errors())
                .containsExactly("log_only conflict");
    }

    @Test
    void countsAndSumsTheNumbersThatATypeNamesByTheHour() {
        Answer type =
                ingest.api().put("/api/v1/types/sale", "{\"metrics\": [\"amount\", \"cart.items\", \"missing\"]}");
        assertThat(type.status()).as(type.toString()).isEqualTo(200);
        assertThat(ingest.api().get("/api/v1/types/sale").json().path("metrics").size())
                .isEqualTo(3);
        untilAnHourBegins();
        publish(sale("s1", "12.5", 2));
        publish(sale("s1", "12.5", 2));
        publish(sale("s2", "0.25", 1));
        publish(sale("s3", "\"no number\"", 4));
        publish(sale("s4", "1e999999", 0));
        await().atMost(WAIT).until(() -> ids("?type=sale").size() == 4);

        assertThat(ingest.api()
                        .get(LOG + "/metrics?type=sale")
                        .json()
                        .path("hours")
                        .valueStream()
                        .map(hour -> hour.path("metric").asString() + " "
                                + hour.path("number").asInt() + " "
                                + hour.path("sum")
                                        .decimalValue()
                                        .stripTrailingZeros()
                                        .toPlainString()))
                .containsExactly("amount 2 12.75", "cart.items 4 7");
        assertThat(ingest.api()
                        .get(LOG + "/metrics?type=sale&metric=amount&to=2020-01-01T00:00:00Z")
                        .json()
                        .path("hours"))
                .isEmpty();
        assertThat(ingest.api()
                        .put("/api/v1/types/sale", "{\"metrics\": [\"a b\"]}")
                        .errors())
                .containsExactly("metrics[0] format");
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        assertThat(ingest.api().get(LOG + "?subject=order&actor=a%20b&actr=x").errors())
                .containsExactlyInAnyOrder("subject format", "actor format", "actr unknown_field");
        assertThat(ingest.api().get(LOG + "?cursor=x").errors()).containsExactly("cursor format");
        assertThat(ingest.api().get(LOG + "/metrics").errors()).containsExactly("type required");
        assertThat(ingest.api()
                        .get(LOG + "/metrics?type=x&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z")
                        .errors())
                .containsExactly("from range");
        Api publisher = ingest.apiWith("publisher", "[\"publish\"]", "[]");
        assertThat(publisher.get(LOG).status()).isEqualTo(403);
    }

    @Test
    void whoIsErasedIsNamedNoMore() {
        publish("{\"id\": \"e1\", \"source\": \"erasing\", \"title\": \"t\", \"recipients\": [\"bob\"],"
                + " \"actor\": {\"id\": \"eve\", \"name\": \"Eve\"},"
                + " \"subjects\": [{\"type\": \"user\", \"id\": \"eve\", \"name\": \"Eve\"},"
                + " {\"type\": \"team\", \"id\": \"7\"}]}");
        await().atMost(WAIT).until(() -> ids("?source=erasing").size() == 1);

        ingest.api().post("/api/v1/ops/recipients/eve/erase", "");

        await().atMost(WAIT)
                .until(() ->
                        !ingest.api().get(LOG + "?source=erasing").toString().contains("\"eve\""));
        JsonNode left = ingest.api().get(LOG + "?source=erasing").json().at("/events/0");
        assertThat(left.at("/actor/id").asString()).startsWith("erased:");
        assertThat(left.at("/actor").has("name")).isFalse();
        assertThat(left.at("/subjects/1/id").asString()).isEqualTo("7");
        assertThat(ingest.bean(JdbcClient.class)
                        .sql("SELECT count(*) FROM ingest.activity a WHERE a::text LIKE '%Eve%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** Moves the clock there, so that none ends between two events. */
    private void untilAnHourBegins() {
        PipelineClock clock = ingest.bean(PipelineClock.class);
        Instant now = clock.instant();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        clock.advance(Duration.between(now, hour));
    }

    /** The time after the clock was moved on by so much. */
    private Instant later(Duration by) {
        PipelineClock clock = ingest.bean(PipelineClock.class);
        clock.advance(by);
        return clock.instant();
    }

    private List<Integer> sums(String period) {
        return ingest.api()
                .get(LOG + "/metrics?type=refund" + period)
                .json()
                .path("hours")
                .valueStream()
                .map(hour -> hour.path("sum").asInt())
                .toList();
    }

    private static String refund(String id, int amount) {
        return "{\"id\": \"%s\", \"source\": \"shop\", \"type\": \"refund\", \"title\": \"t\", \"recipients\": [\"bob\"],"
                        .formatted(id)
                + " \"data\": {\"amount\": %d}}".formatted(amount);
    }

    private void publish(String event) {
        Answer answer = ingest.api().post("/api/v1/events", event);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    private static String sale(String id, String amount, int items) {
        return "{\"id\": \"%s\", \"source\": \"shop\", \"type\": \"sale\", \"title\": \"t\", \"recipients\": [\"bob\","
                        .formatted(id)
                + " \"ada\", \"cyd\"], \"data\": {\"amount\": %s, \"cart\": {\"items\": %d}}}".formatted(amount, items);
    }

    private List<String> ids(String query) {
        return ids(ingest.api().get(LOG + query).json());
    }

    private static List<String> ids(JsonNode page) {
        return page.path("events")
                .valueStream()
                .map(event -> event.path("id").asString())
                .toList();
    }

    private List<String> byPages() {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ingest.api()
                    .get(LOG + "?source=log&limit=1&cursor=" + cursor)
                    .json();
            all.addAll(ids(page));
            cursor = page.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return all;
    }
}
