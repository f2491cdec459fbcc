package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.InappWorker.Answer;
import dev.carillon.inapp.catalogue.KnownTypes;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What lists can be narrowed to, and how threads fold. */
@TestInstance(Lifecycle.PER_CLASS)
class ListTest {
    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker = InappWorker.start(TestInfrastructure.freshDatabase(), prefix);
    private final Storing store = Storing.in(worker);

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
        "q=PAY, bill",
        "q=ayable, ''",
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

    /** Delivered at 22:30 UTC and asked for an hour later: in Lagos, always an hour ahead, that was yesterday. */
    @ParameterizedTest
    @CsvSource({
        "Africa/Lagos, '', ''",
        "Africa/Lagos, &time_zone=UTC, n",
        "Nowhere/Land, '', n",
        "'', '', n",
        "'', &time_zone=Africa/Lagos, ''"
    })
    void aDayBeginsInTheZoneOfTheCallersTokenUnlessAnotherIsNamed(String claim, String parameter, String expected)
            throws InterruptedException {
        String ada = user();
        Instant delivered = LocalDate.ofInstant(worker.now(), ZoneOffset.UTC)
                .plusDays(1)
                .atTime(22, 30)
                .toInstant(ZoneOffset.UTC);
        int second = (int) Duration.between(Deliveries.ACCEPTED, delivered).toSeconds();
        store.store(List.of(Deliveries.of(ada, ada + 1, second, "n")));
        worker.advance(Duration.between(worker.now(), delivered.plus(Duration.ofHours(1))));
        String token = worker.token(ada, claim.isEmpty() ? Map.of() : Map.of("zoneinfo", claim));

        HttpRequest request = HttpRequest.newBuilder(worker.uri("/api/v1/notifications?date_range=today" + parameter))
                .header("Authorization", "Bearer " + token)
                .build();

        assertThat(titles(worker.send(request).json())).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
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
        probe.send(
                topics.types().name(),
                null,
                "by.mail",
                "{\"name\":\"by.mail\",\"version\":1,\"channels\":[\"email\",\"push\"]}"
                        .getBytes(StandardCharsets.UTF_8));
        store.store(List.of(Deliveries.of(ada, ada + 1, 1, "n")));

        KnownTypes catalogue = worker.bean(KnownTypes.class);
        await().until(() -> catalogue.all().containsKey("by.mail"));
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
