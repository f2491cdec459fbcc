package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.InappWorker.Answer;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@TestInstance(Lifecycle.PER_CLASS)
class FeedApiTest {
    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker = InappWorker.start(TestInfrastructure.freshDatabase(), prefix);

    @AfterAll
    void stop() {
        worker.close();
    }

    @Test
    void listsWhatTheRouterDeliveredNewestFirst() {
        String ada = user();
        deliver(ada, 3);

        JsonNode page = worker.call(ada, "GET", "").json();

        assertThat(titles(page)).containsExactly("n2", "n1", "n0");
        assertThat(page.get("unread_count").asInt()).isEqualTo(3);
        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(page.get("next_cursor").isNull()).isTrue();
        JsonNode item = page.get("notifications").get(0);
        assertThat(item.propertyNames())
                .contains(
                        "id",
                        "rev",
                        "type",
                        "category",
                        "level",
                        "priority",
                        "title",
                        "body",
                        "is_read",
                        "read_at",
                        "seen_at",
                        "archived_at",
                        "snoozed_until",
                        "created_at",
                        "expires_at",
                        "actor",
                        "subjects",
                        "data",
                        "actions",
                        "image",
                        "action_url",
                        "group",
                        "thread",
                        "mode",
                        "silent");
        assertThat(item.get("level").asString()).isEqualTo("info");
        assertThat(item.get("is_read").asBoolean()).isFalse();
        assertThat(item.get("created_at").asString()).isEqualTo("2026-11-20T10:00:02Z");
    }

    @Test
    void pagesByCursorAndByNumber() {
        String ada = user();
        deliver(ada, 5);

        JsonNode first = worker.call(ada, "GET", "?limit=2").json();
        JsonNode second = worker.call(
                        ada,
                        "GET",
                        "?limit=2&cursor=" + first.get("next_cursor").asString())
                .json();
        JsonNode third = worker.call(ada, "GET", "?limit=2&page=3").json();

        assertThat(titles(first)).containsExactly("n4", "n3");
        assertThat(titles(second)).containsExactly("n2", "n1");
        assertThat(titles(third)).containsExactly("n0");
        assertThat(third.get("page").asInt()).isEqualTo(3);
        assertThat(third.get("pages").asInt()).isEqualTo(3);
        assertThat(third.get("offset").asInt()).isEqualTo(4);
        assertThat(third.get("per_page").asInt()).isEqualTo(2);
    }

    @Test
    void aCursorGoesBeforeAnOffsetAndThatBeforeAPage() {
        String ada = user();
        deliver(ada, 5);
        String cursor =
                worker.call(ada, "GET", "?limit=1").json().get("next_cursor").asString();

        JsonNode byOffset = worker.call(ada, "GET", "?limit=1&page=2&offset=3").json();

        assertThat(titles(byOffset)).containsExactly("n1");
        assertThat(byOffset.get("page").asInt()).isEqualTo(4);
        assertThat(titles(worker.call(ada, "GET", "?limit=1&page=2&offset=3&cursor=" + cursor)
                        .json()))
                .containsExactly("n3");
    }

    @Test
    void unreadOnlyIsTheStatusUnlessOneIsGiven() {
        String ada = user();
        String id = Deliveries.id(deliver(ada, 2).getFirst());
        worker.call(ada, "POST", id + "/read");

        assertThat(titles(worker.call(ada, "GET", "?unread_only=true").json())).containsExactly("n1");
        assertThat(titles(worker.call(ada, "GET", "?unread_only=false").json())).hasSize(2);
        assertThat(titles(
                        worker.call(ada, "GET", "?unread_only=true&status=read").json()))
                .containsExactly("n0");
    }

    @Test
    void seeingOneLeavesItUnread() {
        String ada = user();
        String id = Deliveries.id(deliver(ada, 1).getFirst());

        Answer answer = worker.call(ada, "PATCH", id + "/seen");
        Answer again = worker.call(ada, "POST", id + "/seen");

        assertThat(answer.json().get("seen_at").isNull()).isFalse();
        assertThat(answer.json().get("is_read").asBoolean()).isFalse();
        assertThat(again.json().get("seen_at")).isEqualTo(answer.json().get("seen_at"));
        assertThat(unread(ada)).isEqualTo(1);
        assertThat(activityOf(ada)).singleElement().isInstanceOf(Activity.Seen.class);
    }

    @Test
    void readingIsTheBrokersBeforeItIsTheRows() {
        String ada = user();
        List<Delivery> delivered = deliver(ada, 2);
        String id = Deliveries.id(delivered.getFirst());

        Answer answer = worker.call(ada, "POST", id + "/read");
        Answer again = worker.call(ada, "PUT", id + "/read");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("is_read").asBoolean()).isTrue();
        assertThat(again.json().get("read_at")).isEqualTo(answer.json().get("read_at"));
        assertThat(unread(ada)).isEqualTo(1);
        assertThat(titles(worker.call(ada, "GET", "?status=read").json())).containsExactly("n0");
        assertThat(titles(worker.call(ada, "GET", "?status=unread").json())).containsExactly("n1");
        assertThat(activityOf(ada)).hasSize(1).first().isInstanceOf(Activity.Read.class);
    }

    @Test
    void readsAndSeesEverything() {
        String ada = user();
        deliver(ada, 3);

        assertThat(worker.call(ada, "POST", "seen").json().get("count").asInt()).isEqualTo(3);
        assertThat(worker.call(ada, "POST", "read-all").json().get("count").asInt())
                .isEqualTo(3);
        assertThat(worker.call(ada, "PATCH", "mark-all-read")
                        .json()
                        .get("count")
                        .asInt())
                .isZero();

        assertThat(unread(ada)).isZero();
        assertThat(worker.call(ada, "GET", "").json().get("total").asInt()).isEqualTo(3);
    }

    @Test
    void seesMoreThanOneRecordCouldHoldButNothingThatIsArchived() {
        String ada = user();
        JdbcClient database = JdbcClient.create(worker.bean(DataSource.class));
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra)"
                                + " select :ada, gen_random_uuid(), :at, 1, :at, 'info', 'normal', 'queued', '{}'"
                                + " from generate_series(1, 30000)")
                .param("ada", ada)
                .param("at", Instant.parse("2026-11-20T10:00:00Z").atOffset(ZoneOffset.UTC))
                .update();
        database.sql("update inapp.feed set archived_at = created_at where id in"
                        + " (select id from inapp.feed where recipient = :ada limit 1000)")
                .param("ada", ada)
                .update();

        Answer answer = worker.call(ada, "POST", "seen");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("count").asInt()).isEqualTo(29_000);
        assertThat(activityOf(ada)).hasSize(29);
    }

    @Test
    void dismissingRemovesAndStaysSoWhenTheDeliveryIsRepeated() {
        String ada = user();
        Delivery first = deliver(ada, 2).getFirst();

        assertThat(worker.call(ada, "DELETE", Deliveries.id(first)).status()).isEqualTo(200);
        Deliveries.route(probe, topics, first);
        Deliveries.route(probe, topics, Deliveries.of(ada, ada + "-later", 9, "later"));
        await().until(() -> titles(worker.call(ada, "GET", "").json()).contains("later"));

        assertThat(titles(worker.call(ada, "GET", "").json())).containsExactly("later", "n1");
        Answer again = worker.call(ada, "DELETE", Deliveries.id(first));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("count").asInt()).isZero();
        assertThat(worker.call(ada, "POST", Deliveries.id(first) + "/read").status())
                .isEqualTo(404);
    }

    @Test
    void nobodySeesOrTouchesWhatBelongsToAnother() {
        String ada = user();
        String bob = user();
        String id = Deliveries.id(deliver(ada, 1).getFirst());

        assertThat(titles(worker.call(bob, "GET", "").json())).isEmpty();
        assertThat(worker.call(bob, "GET", id).status()).isEqualTo(404);
        assertThat(worker.call(bob, "POST", id + "/read").status()).isEqualTo(404);
        assertThat(worker.call(bob, "POST", id + "/seen").status()).isEqualTo(404);
        assertThat(worker.call(bob, "DELETE", id).status()).isEqualTo(404);
        worker.call(bob, "POST", "read-all");
        assertThat(unread(ada)).isEqualTo(1);
        String cursor = Cursor.after(worker.bean(FeedReader.class)
                        .item(new FeedKey(new RecipientId(ada), UUID.fromString(id)))
                        .orElseThrow())
                .encode(new RecipientId(ada));
        assertThat(worker.call(bob, "GET", "?cursor=" + cursor).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=x, limit",
        "page=0, page",
        "page=-1, page",
        "offset=-1, offset",
        "cursor=nonsense, cursor",
        "status=seen, status",
        "unread_only=maybe, unread_only"
    })
    void refusesParametersByName(String query, String field) {
        Answer answer = worker.call("ada", "GET", "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 253_402_300_800_000_000L, Long.MAX_VALUE})
    void refusesACursorOfNoTime(long micros) {
        byte[] forged = ByteBuffer.allocate(28)
                .putLong(micros)
                .putLong(0)
                .putLong(0)
                .putInt("ada".hashCode())
                .array();
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);

        assertThat(worker.call("ada", "GET", "?cursor=" + cursor).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/unread-count", "/stream", "/1/read", "/read-all"})
    void wantsAToken(String path) {
        HttpRequest request = HttpRequest.newBuilder(worker.uri("/api/v1/notifications" + path))
                .build();

        assertThat(worker.send(request).status()).isEqualTo(401);
    }

    @Test
    void whatIsNoIdNamesNothing() {
        assertThat(worker.call("ada", "POST", "12/read").status()).isEqualTo(404);
        assertThat(worker.call("ada", "POST", UUID.randomUUID() + "/read").status())
                .isEqualTo(404);
    }

    @Test
    void anErasedActorIsNullInTheFeedsOfOthers() {
        String ada = user();
        Delivery delivery =
                Deliveries.from(Deliveries.of(ada, ada, 1, "n"), new Actor(new RecipientId(ada + ".bob"), "Bob"));
        Deliveries.route(probe, topics, delivery);
        await().until(() -> unread(ada) == 1);
        String id = Deliveries.id(delivery);
        assertThat(worker.call(ada, "GET", id).json().get("actor").get("name").asString())
                .isEqualTo("Bob");

        Command erased = new Command.ActorErased(new RecipientId(ada + ".bob"), worker.now());
        probe.send(topics.commands().name(), null, ada + ".bob", Json.write(erased));

        await().until(() -> worker.call(ada, "GET", id).json().get("actor").isNull());
        assertThat(titles(worker.call(ada, "GET", "").json())).containsExactly("n");
    }

    @Test
    void aPoisonRecordBecomesADeadLetterAndStopsNothing() {
        String ada = user();
        for (String poison : List.of("no json", "{}", "{\"channel\":\"inapp\"}", "{\"channel\":\"email\"}")) {
            probe.send(prefix + "inapp", null, ada, poison.getBytes(StandardCharsets.UTF_8));
        }
        probe.send(prefix + "inapp", null, ada, null);
        deliver(ada, 1);

        List<String> dead =
                probe.readUntil(prefix + "inapp.dead", Duration.ofMinutes(1), records -> records.size() >= 5).stream()
                        .map(TopicProbe::text)
                        .toList();
        assertThat(dead).hasSize(5).allMatch(letter -> letter.contains("malformed"));
    }

    @Test
    void textsMayHoldAnything() {
        String ada = user();
        String nasty = "<script>alert(1)</script>\r\ndata: x\u0000 \\u0000 \ud83d\udd14 'quoted' \"too\"";
        Deliveries.route(probe, topics, Deliveries.of(ada, ada, 0, nasty));

        await().until(() -> unread(ada) == 1);
        assertThat(titles(worker.call(ada, "GET", "").json())).containsExactly(nasty.replace("\u0000", ""));
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private List<Delivery> deliver(String user, int count) {
        List<Delivery> delivered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Delivery delivery = Deliveries.of(user, user + "-" + i, i, "n" + i);
            delivered.add(delivery);
            Deliveries.route(probe, topics, delivery);
        }
        await().until(() -> unread(user) == count);
        return delivered;
    }

    private int unread(String user) {
        JsonNode count = worker.call(user, "GET", "unread-count").json();
        assertThat(count.get("count")).isEqualTo(count.get("unread_count"));
        return count.get("count").asInt();
    }

    private List<Activity> activityOf(String user) {
        return probe.readAll(prefix + "activity").stream()
                .map(record -> Json.read(record.value(), Activity.class))
                .filter(activity -> activity.recipient().value().equals(user))
                .toList();
    }

    private static List<String> titles(JsonNode page) {
        return page.get("notifications")
                .valueStream()
                .map(item -> item.get("title").asString())
                .toList();
    }
}
