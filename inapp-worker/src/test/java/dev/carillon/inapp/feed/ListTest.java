package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.InappWorker.Answer;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What lists can be narrowed to, how threads fold, and what it costs the database. */
@TestInstance(Lifecycle.PER_CLASS)
class ListTest {
    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker = InappWorker.start(TestInfrastructure.freshDatabase(), prefix);
    private final StoreNotifications store = worker.bean(StoreNotifications.class);

    @AfterAll
    void stop() {
        worker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "category=billing, bill",
        "priority=high, bill",
        "priority=HIGH, bill",
        "group=inv-1, bill",
        "subject=invoice:1, bill",
        "subject=invoice:2, ''",
        "type=invoice.paid, 'plain,bill'",
        "type=other, ''",
        "q=INV-1, bill",
        "q=payable, bill",
        "q=body+of+pla, plain",
        "q=payable+plain, ''",
        "q=a'b%26!:*%7C, bill",
        "date_range=all, 'plain,bill'",
        "date_range=today, ''",
        "priority=urgent, ''"
    })
    void narrows(String query, String expected) throws InterruptedException {
        String ada = user();
        Labels labels = new Labels("billing", Level.INFO, Priority.HIGH, Mode.QUEUED, "inv-1", null);
        Content content = new Content(
                "bill",
                null,
                "INV-1 is payable at <b>once</b>",
                null,
                List.of(),
                null,
                List.of(new Subject("invoice", "1", null, null)),
                Map.of());
        store.store(List.of(
                Deliveries.with(Deliveries.of(ada, ada + 1, 1, 1, "bill", labels, null), content),
                Deliveries.of(ada, ada + 2, 2, "plain")));

        JsonNode page = worker.call(ada, "GET", "?" + query).json();

        List<String> titles = expected.isEmpty() ? List.of() : List.of(expected.split(","));
        assertThat(titles(page)).as(page.toString()).isEqualTo(titles);
        assertThat(page.get("filtered_count").asInt()).isEqualTo(titles.size());
        assertThat(page.get("total").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "priority=asap, priority",
        "date_range=year, date_range",
        "time_zone=Mars/Olympus, time_zone",
        "subject=invoice, subject",
        "q=%21%21, q",
        "scope=team, scope",
        "scope=session, scope"
    })
    void refusesUnknownValuesByName(String query, String field) {
        Answer answer = worker.call("ada", "GET", "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    /** At 23:30 UTC it is tomorrow in Vienna. */
    @Test
    void daysAreThoseOfTheCallersZone() {
        Instant now = Instant.parse("2026-11-20T23:30:00Z");
        ZoneId vienna = ZoneId.of("Europe/Vienna");

        assertThat(DateRange.TODAY.from(now, ZoneOffset.UTC)).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(DateRange.TODAY.from(now, vienna)).isEqualTo(Instant.parse("2026-11-20T23:00:00Z"));
        assertThat(DateRange.WEEK.from(now, vienna)).isEqualTo(Instant.parse("2026-11-14T23:00:00Z"));
        assertThat(DateRange.MONTH.from(now, vienna)).isEqualTo(Instant.parse("2026-10-20T22:00:00Z"));
        assertThat(DateRange.THREE_MONTHS.from(now, vienna)).isEqualTo(Instant.parse("2026-08-20T22:00:00Z"));
        assertThat(DateRange.ALL.from(now, vienna)).isNull();
    }

    @Test
    void aThreadIsOneEntryWithACountAndPagesAsSuch() throws InterruptedException {
        String ada = user();
        Labels thread = new Labels(null, null, null, Mode.QUEUED, null, "ticket/7");
        store.store(List.of(
                Deliveries.of(ada, ada + 1, 1, 1, "first", thread, null),
                Deliveries.of(ada, ada + 2, 2, "apart"),
                Deliveries.of(ada, ada + 3, 3, 3, "second", thread, null),
                Deliveries.of(ada, ada + 4, 4, "newest")));

        JsonNode first = worker.call(ada, "GET", "?limit=2").json();
        JsonNode rest = worker.call(
                        ada,
                        "GET",
                        "?limit=2&cursor=" + first.get("next_cursor").asString())
                .json();
        JsonNode all = worker.call(ada, "GET", "?thread=ticket/7").json();

        assertThat(titles(first)).containsExactly("newest", "second");
        assertThat(first.get("notifications").get(0).get("thread_count").isNull())
                .isTrue();
        assertThat(first.get("notifications").get(1).get("thread_count").asInt())
                .isEqualTo(2);
        assertThat(first.get("filtered_count").asInt()).isEqualTo(3);
        assertThat(first.get("pages").asInt()).isEqualTo(2);
        assertThat(first.get("total").asInt()).isEqualTo(4);
        assertThat(first.get("unread_count").asInt()).isEqualTo(4);
        assertThat(titles(rest)).containsExactly("apart");
        assertThat(titles(all)).containsExactly("second", "first");
    }

    @Test
    void tellsTheTypesOfTheCatalogueAndThoseOfTheFeed() throws InterruptedException {
        String ada = user();
        poison(topics.types().name());
        probe.send(
                topics.types().name(),
                null,
                "order.shipped",
                "{\"name\":\"order.shipped\",\"version\":1,\"label\":\"Order shipped\",\"icon\":\"truck\",\"category\":\"orders\"}"
                        .getBytes(StandardCharsets.UTF_8));
        store.store(List.of(Deliveries.of(ada, ada + 1, 1, "n")));

        await().until(() ->
                types(ada).stream().anyMatch(type -> type.get("name").asString().equals("order.shipped")));

        List<JsonNode> types = types(ada);
        assertThat(types)
                .extracting(type -> type.get("name").asString())
                .containsExactly("invoice.paid", "order.shipped");
        assertThat(types.getFirst().get("count").asInt()).isEqualTo(1);
        assertThat(types.getLast().get("icon").asString()).isEqualTo("truck");
        assertThat(types.getLast().get("label").asString()).isEqualTo("Order shipped");
    }

    @Test
    void theFirstPageAndTheCountReadTheirIndexes() {
        JdbcClient database = JdbcClient.create(worker.bean(DataSource.class));
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, title,"
                                + " thread, group_name, extra) select 'plan' || n % 200, gen_random_uuid(), now(), n,"
                                + " now() - n * interval '1 minute', 'info', 'normal', 'queued', 'n' || n,"
                                + " case when n % 10 = 0 then 't' || n % 3 end, 'g' || n, '{\"subjects\": []}'"
                                + " from generate_series(1, 40000) n")
                .update();
        database.sql("analyze inapp.feed").update();
        RecipientId one = new RecipientId("plan7");
        ListQuery newest = ListParameters.read(Map.of(), one, Instant.EPOCH, ZoneOffset.UTC);

        assertThat(plan(FeedLists.sql(newest), newest))
                .contains("feed_newest")
                .contains("feed_thread")
                .doesNotContain("Seq Scan");
        assertThat(plan(
                        "select count(*) from inapp.feed where recipient = :recipient and " + Status.PRESENT + " and "
                                + Status.UNREAD.condition(),
                        newest))
                .contains("feed_unread")
                .doesNotContain("Seq Scan");
        ListQuery group = ListParameters.read(Map.of("group", "g7"), one, Instant.EPOCH, ZoneOffset.UTC);
        assertThat(plan(FeedLists.sql(group), group)).contains("feed_group").doesNotContain("Seq Scan");
    }

    private String plan(String sql, ListQuery query) {
        Map<String, Object> parameters = new HashMap<>(query.filter().parameters());
        parameters.put("recipient", "plan7");
        parameters.put("now", Instant.parse("2026-11-20T10:00:00Z").atOffset(ZoneOffset.UTC));
        parameters.put("limit", 21);
        parameters.put("offset", 0);
        return String.join(
                "\n",
                new NamedParameterJdbcTemplate(worker.bean(DataSource.class))
                        .queryForList("explain " + sql, parameters, String.class));
    }

    /** Behind these the catalogue is read on. */
    private void poison(String topic) {
        probe.send(topic, null, "poison", null);
        for (String text : List.of("null", "{}", "[")) {
            probe.send(topic, null, "poison", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<JsonNode> types(String user) {
        return worker.call(user, "GET", "notification-types")
                .json()
                .get("types")
                .valueStream()
                .toList();
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private static List<String> titles(JsonNode page) {
        return page.get("notifications")
                .valueStream()
                .map(item -> item.get("title").asString())
                .toList();
    }
}
