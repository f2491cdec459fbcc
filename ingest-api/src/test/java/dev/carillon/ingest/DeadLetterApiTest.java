package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What operators see of dead letters and do with them. Each test has recipients of its own. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterApiTest {
    private static final String PATH = "/api/v1/ops/dead-letters";
    private static final Duration WAIT = Duration.ofMinutes(1);

    private RunningIngest ingest;
    private TopicProbe topics;
    private Letters letters;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
        letters = new Letters(ingest);
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void theFlowSaysWhatWaitsAndWhatIsOpen() {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        letters.send(Letters.delivery(Channel.INAPP, "flow-a", null), Reason.REJECTED, then);
        letters.send(Letters.delivery(Channel.INAPP, Lane.BULK, "flow-a", null), Reason.REJECTED, then);
        String retries = ingest.topic("push.bulk.retry.2");
        for (int i = 0; i < 3; i++) {
            var _ = topics.send(retries, i, "flow", new byte[] {'{', '}'});
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            Answer answer = ingest.api().get("/api/v1/ops/flow");
            return answer.status() == 200
                    && stage(answer.json(), "push", "bulk").path("retrying").asLong() == 3
                    && answer.json().at("/dead_letters/0/open").asLong() == open("inapp")
                    && stage(answer.json(), "inapp", "bulk").path("dead").asLong() == 1;
        });

        JsonNode flow = ingest.api().get("/api/v1/ops/flow").json();
        assertThat(flow.get("stages").size()).isEqualTo(9);
        JsonNode push = stage(flow, "push", "bulk");
        assertThat(push.get("read").asBoolean()).isFalse();
        assertThat(push.get("counts_commits").asBoolean()).isTrue();
        assertThat(stage(flow, "inapp", "direct").has("retrying")).isFalse();
        assertThat(stage(flow, "inapp", "direct").get("dead").asLong()).isEqualTo(open("inapp") - 1);
        assertThat(push.get("dead").asLong()).isZero();
        assertThat(flow.at("/stages/0/stage").asString()).isEqualTo("inbound");
        assertThat(flow.at("/stages/0").has("lane")).isFalse();
        assertThat(flow.at("/dead_letters/0/channel").asString()).isEqualTo("inapp");
        ingest.api().post(PATH + "/discard", "{\"filter\":{\"recipient\":\"flow-a\"},\"reason\":\"seen\"}");
    }

    private long open(String channel) {
        return ingest.api()
                .get(PATH + "/counts")
                .json()
                .get("counts")
                .valueStream()
                .filter(count -> count.get("channel").asString().equals(channel))
                .mapToLong(count -> count.get("number").asLong())
                .sum();
    }

    private static JsonNode stage(JsonNode flow, String stage, String lane) {
        return flow.path("stages")
                .valueStream()
                .filter(one -> one.path("stage").asString().equals(stage)
                        && one.path("lane").asString("").equals(lane))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsWhatDiedByChannelReasonAndTime() {
        Instant noon = Instant.parse("2026-05-01T12:00:00Z");
        letters.send(Letters.delivery(Channel.EMAIL, "show-a", null), Reason.REJECTED, noon);
        letters.send(Letters.delivery(Channel.EMAIL, "show-b", null), Reason.REJECTED, noon.plusSeconds(60));
        letters.send(Letters.delivery(Channel.PUSH, "show-c", null), Reason.TIMEOUT, noon.plusSeconds(120));
        letters.sendBroken(Channel.PUSH, "no JSON \0 <b>", noon.plusSeconds(180));
        String day = "?from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z";
        await().atMost(WAIT).until(() -> recipients(day).size() == 4);

        assertThat(recipients(day)).containsExactly("-", "show-c", "show-b", "show-a");
        assertThat(recipients(day + "&channel=email&reason=rejected")).containsExactly("show-b", "show-a");
        assertThat(recipients("?from=2026-05-01T12:00:30Z&to=2026-05-01T12:02:00Z"))
                .containsExactly("show-b");
        assertThat(recipients(day + "&state=discarded")).isEmpty();
        JsonNode first = list(day + "&limit=3");
        String cursor = first.get("next_cursor").asString();
        assertThat(recipients(day + "&limit=3&cursor=" + cursor)).containsExactly("show-a");
        assertThat(list(day).has("next_cursor")).isFalse();

        JsonNode letter = first.get("dead_letters").get(1);
        assertThat(letter.has("record")).isFalse();
        JsonNode whole = get(letter.get("id").asLong());
        assertThat(whole.at("/record/value/notification/content/title").asString())
                .isEqualTo("to show-c");
        assertThat(whole.at("/record/topic").asString()).isEqualTo(ingest.topic("push.retry.1"));
        assertThat(whole.get("attempts").asInt()).isEqualTo(3);
        assertThat(whole.get("sentence").asString()).isNotEmpty();
        JsonNode broken = get(first.get("dead_letters").get(0).get("id").asLong());
        assertThat(broken.at("/record/value_base64").asString()).isNotEmpty();
        assertThat(broken.get("detail").asString()).isEqualTo("it failed");
        assertThat(ingest.api()
                        .get(PATH + "/counts")
                        .json()
                        .get("counts")
                        .valueStream()
                        .map(count -> count.get("channel").asString() + " "
                                + count.get("reason").asString()))
                .contains("email rejected", "push malformed", "push timeout");
    }

    @Test
    void putsOneBackOnceThoughOperatorsRace() throws Exception {
        long id = sent(Letters.delivery(Channel.PUSH, "race", null), Reason.ATTEMPTS_EXHAUSTED);
        List<Api> operators = List.of(
                ingest.apiWith("night shift", "[\"operate\"]", "[]"),
                ingest.apiWith("day shift", "[\"operate\"]", "[]"));
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Integer>> calls = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        go.await();
                        return operators
                                .get(i % 2)
                                .post(PATH + "/" + id + "/replay", "")
                                .status();
                    }))
                    .toList();
            go.countDown();
            for (Future<Integer> call : calls) {
                statuses.add(call.get());
            }
        }

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        List<ConsumerRecord<byte[], byte[]>> back = putBack("push", "race");
        assertThat(back).hasSize(1);
        Delivery delivery = Json.read(back.getFirst().value(), Delivery.class);
        assertThat(delivery.attempts().made()).isZero();
        assertThat(delivery.attempts().done()).containsExactly("device-1");
        assertThat(get(id).get("state").asString()).isEqualTo("replayed");
        JsonNode action = ingest.api()
                .get(PATH + "/actions/" + get(id).get("action").asLong())
                .json();
        assertThat(action.get("by").asString()).endsWith("shift");
        assertThat(action.get("letter").asLong()).isEqualTo(id);
        assertThat(action.get("done").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhyItDoesNotPutBackWhatExpiredWasCancelledOrHasNobodyLeft() {
        Delivery taken = Letters.delivery(Channel.INAPP, "taken-back", null);
        EventUid event = taken.notification().event();
        assertThat(ingest.api().delete("/api/v1/events/" + event).status()).isEqualTo(202);
        Instant now = ingest.bean(PipelineClock.class).instant();
        long expired = sent(Letters.delivery(Channel.INAPP, "past", now.minusSeconds(1)), Reason.MALFORMED);
        long gone = sent(Letters.delivery(Channel.EMAIL, "never-registered", null), Reason.REJECTED);
        letters.sendWithoutRecord(Channel.INAPP, "hollow");
        long empty = await().atMost(WAIT).until(() -> idOf("?reason=too_large"), id -> id > 0);
        long cancelled = sent(taken, Reason.MALFORMED);

        assertThat(refusal(cancelled)).isEqualTo("409 cancelled");
        assertThat(refusal(expired)).isEqualTo("409 expired");
        assertThat(refusal(gone)).isEqualTo("409 recipient_gone");
        assertThat(refusal(empty)).isEqualTo("409 no_record");
        assertThat(refusal(expired)).isEqualTo("409 not_open");
        assertThat(get(expired).get("state").asString()).isEqualTo("obsolete");
        assertThat(get(expired).get("note").asString()).contains("expires_at");
        assertThat(putBack("inapp", "past")).isEmpty();
        assertThat(putBack("inapp", "taken-back")).isEmpty();
    }

    @Test
    void putsManyBackAtTheirRateEachOnce() {
        int many = 240;
        List<Delivery> deliveries = IntStream.range(0, many)
                .mapToObj(i -> Letters.delivery(Channel.PUSH, "many-" + i, null))
                .toList();
        Instant at = Instant.parse("2026-03-01T00:00:00Z");
        letters.sendAll(deliveries, Reason.PROVIDER_ERROR, at);
        String these = "?reason=provider_error&limit=1000";
        await().atMost(WAIT).until(() -> recipients(these).size() == many);
        String body = "{\"filter\": {\"channel\": \"push\", \"reason\": \"provider_error\"}, \"rate\": 200}";

        long began = System.nanoTime();
        long one = ingest.api().post(PATH + "/replay", body).json().get("id").asLong();
        long two = ingest.api().post(PATH + "/replay", body).json().get("id").asLong();
        letters.send(Letters.delivery(Channel.PUSH, "many-later", null), Reason.PROVIDER_ERROR, at);
        await().atMost(WAIT).until(() -> isDone(one) && isDone(two));

        // Two replays at 200 a second share 240 letters.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(500));
        assertThat(done(one) + done(two)).isEqualTo(many);
        List<String> back = topics.readAll(ingest.topic("push")).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .filter(key -> key.startsWith("many-"))
                .toList();
        assertThat(back).hasSize(many).doesNotHaveDuplicates().doesNotContain("many-later");
        await().atMost(WAIT).until(() -> recipients(these + "&state=open").equals(List.of("many-later")));
    }

    @Test
    void putsEverythingBackThatIsOpenNow() {
        await().atMost(WAIT).until(this::discardsTheLast);
        long push = sent(Letters.delivery(Channel.PUSH, "all-push", null), Reason.TIMEOUT);
        long feed = sent(Letters.delivery(Channel.INAPP, "all-feed", null), Reason.UNCERTAIN);
        Instant past = ingest.bean(PipelineClock.class).instant().minusSeconds(1);
        long expired = sent(Letters.delivery(Channel.INAPP, "all-late", past), Reason.TIMEOUT);
        assertThat(recipients("?state=open")).containsExactlyInAnyOrder("all-push", "all-feed", "all-late");

        Answer begun = ingest.api().post(PATH + "/replay", "{\"all\": true, \"rate\": 500}");

        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        long action = begun.json().get("id").asLong();
        await().atMost(WAIT).until(() -> isDone(action));
        JsonNode ended = ingest.api().get(PATH + "/actions/" + action).json();
        assertThat(ended.get("done").asInt()).isEqualTo(2);
        assertThat(ended.get("obsolete").asInt()).isEqualTo(1);
        assertThat(Stream.of(push, feed, expired).map(id -> get(id).get("state").asString()))
                .containsExactly("replayed", "replayed", "obsolete");
        assertThat(putBack("push", "all-push")).hasSize(1);
        assertThat(putBack("inapp", "all-feed")).hasSize(1);
        assertThat(putBack("inapp", "all-late")).isEmpty();
        assertThat(recipients("?state=open")).isEmpty();
    }

    /** Whether nothing that other tests left is open now, or may yet be: what a stopped replay had begun comes back. */
    private boolean discardsTheLast() {
        ingest.api().post(PATH + "/discard", "{\"all\": true, \"reason\": \"what other tests left\"}");
        return recipients("?state=replaying").isEmpty()
                && recipients("?state=open").isEmpty();
    }

    @Test
    void stopsAReplayThatRuns() {
        Instant at = ingest.bean(PipelineClock.class).instant().truncatedTo(ChronoUnit.MILLIS);
        // Enough for minutes.
        int many = 300;
        letters.sendAll(
                IntStream.range(0, many)
                        .mapToObj(i -> Letters.delivery(Channel.PUSH, "slow-" + i, null))
                        .toList(),
                Reason.PROVIDER_BUSY,
                at);
        await().atMost(WAIT)
                .until(() -> recipients("?reason=provider_busy&limit=1000").size() == many);
        String body = "{\"filter\": {\"reason\": \"provider_busy\"}, \"rate\": 1}";
        long action = ingest.api().post(PATH + "/replay", body).json().get("id").asLong();

        Answer stopped =
                ingest.apiWith("stopper", "[\"operate\"]", "[]").post(PATH + "/actions/" + action + "/stop", "");

        assertThat(stopped.status()).as(stopped.toString()).isEqualTo(200);
        assertThat(stopped.text("state")).isEqualTo("stopped");
        assertThat(stopped.text("stopped_by")).isEqualTo("stopper");
        assertThat(recipients("?reason=provider_busy&state=open")).isNotEmpty();
    }

    @Test
    void findsOutWhatBecameOfAReplayWhoseEndIsUnknown() {
        long arrived = sent(Letters.delivery(Channel.PUSH, "arrived", null), Reason.TIMEOUT);
        long lost = sent(Letters.delivery(Channel.PUSH, "lost", null), Reason.TIMEOUT);
        letters.leaveNamed("arrived", arrived);
        JdbcClient.create(ingest.bean(DataSource.class))
                .sql("UPDATE ingest.dead_letter SET state = 'replaying', claimed_at = now() - interval '1 minute',"
                        + " to_topic = :topic, to_partition = :partition WHERE id IN (:ids)")
                .param("topic", ingest.topic("push"))
                .param("partition", letters.partition("arrived"))
                .param("ids", List.of(arrived, lost))
                .update();

        await().atMost(WAIT)
                .until(() -> List.of(lost, arrived).stream()
                        .noneMatch(id -> get(id).get("state").asString().equals("replaying")));
        assertThat(get(lost).get("state").asString()).isEqualTo("open");
        assertThat(get(arrived).get("state").asString()).isEqualTo("replayed");
    }

    @Test
    void putsWhatTheRouterCouldNotReadBackAsItWasUnderTheLettersName() {
        letters.sendOfRouter("no event", 2);
        long id = await().atMost(WAIT).until(() -> idOf("?channel=router-stream"), found -> found > 0);

        assertThat(ingest.api().post(PATH + "/" + id + "/replay", "").status()).isEqualTo(200);

        ConsumerRecord<byte[], byte[]> back = topics.readAll(ingest.topic("intake")).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).equals("no event"))
                .findFirst()
                .orElseThrow();
        assertThat(back.partition()).isEqualTo(2);
        assertThat(new String(back.headers().lastHeader("carillon-replay").value(), StandardCharsets.UTF_8))
                .isEqualTo(Long.toString(id));
    }

    @Test
    void sendsAMailToWhereItsReaderIsReachedNowAndAsALaterAttemptWhereItMayHaveArrived() {
        long id = sent(Letters.delivery(Channel.EMAIL, "moved", null), Reason.UNCERTAIN);
        ingest.api().put("/api/v1/recipients/moved", "{\"email\": \"new@carillon.example\"}");

        assertThat(ingest.api().post(PATH + "/" + id + "/replay", "").status()).isEqualTo(200);

        Delivery delivery = Json.read(putBack("email", "moved").getFirst().value(), Delivery.class);
        assertThat(delivery.address().email()).isEqualTo("new@carillon.example");
        assertThat(delivery.attempts().made()).isEqualTo(3);
    }

    @Test
    void aMailThatIsPutBackIsNotTrackedForWhoForbadeItMeanwhile() {
        long id = sent(Letters.delivery(Channel.EMAIL, "untracked", null), Reason.REJECTED);
        ingest.api().put("/api/v1/recipients/untracked", "{\"email\": \"ada@carillon.example\"}");
        ingest.api().put("/api/v1/recipients/untracked/preferences", "{\"do_not_track\": true}");

        assertThat(ingest.api().post(PATH + "/" + id + "/replay", "").status()).isEqualTo(200);

        Delivery delivery = Json.read(putBack("email", "untracked").getFirst().value(), Delivery.class);
        assertThat(delivery.address().doNotTrack()).isTrue();
    }

    /** Without anybody who asks for the flow. */
    @Test
    void theMetricsSayHowManyAreOpen() {
        sent(Letters.delivery(Channel.EMAIL, "gauged", null), Reason.REJECTED);

        await().atMost(WAIT)
                .until(() -> ingest.measured(Metric.DEAD_LETTERS_OPEN, "channel", "email") == open("email")
                        && open("email") > 0);
    }

    @Test
    void whatIsNoLetterIsCountedAndPassedOver() {
        var _ = topics.send(ingest.topic("push.dead"), 0, "x", "no letter".getBytes(StandardCharsets.UTF_8));

        await().atMost(WAIT).until(() -> ingest.measured(Metric.DEAD_LETTERS_UNREADABLE) == 1);
    }

    @Test
    void discardsWithAReasonAndSaysWhoDid() {
        long first = sent(Letters.delivery(Channel.EMAIL, "junk-1", null), Reason.ADDRESS_INVALID);
        sent(Letters.delivery(Channel.EMAIL, "junk-2", null), Reason.ADDRESS_INVALID);
        Api operator = ingest.apiWith("cleaner", "[\"operate\"]", "[]");

        Answer one = operator.post(PATH + "/" + first + "/discard", "{\"reason\": \"a test of <ours>\"}");
        Answer rest = operator.post(
                PATH + "/discard", "{\"filter\": {\"reason\": \"address_invalid\"}, \"reason\": \"bad import\"}");

        assertThat(one.text("state")).isEqualTo("discarded");
        assertThat(one.text("note")).isEqualTo("a test of <ours>");
        assertThat(rest.text("done")).isEqualTo("1");
        assertThat(refusal(first)).isEqualTo("409 not_open");
        JsonNode newest = operator.get(PATH + "/actions?limit=2").json().get("actions");
        assertThat(newest.valueStream()
                        .map(action -> action.get("by").asString() + " "
                                + action.get("kind").asString() + " "
                                + action.get("reason").asString()))
                .containsExactly("cleaner discard bad import", "cleaner discard a test of <ours>");
        assertThat(operator.post(PATH + "/actions/" + newest.get(0).get("id").asLong() + "/stop", "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndWhoeverMayNotOperate() {
        assertThat(errors("?channel=fax")).containsExactly("channel allowed_values");
        assertThat(errors("?reason=bored&from=yesterday"))
                .containsExactlyInAnyOrder("reason allowed_values", "from format");
        assertThat(errors("?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z")).containsExactly("to order");
        assertThat(errors("?chanel=email")).containsExactly("chanel unknown_field");
        assertThat(errors("?cursor=x")).containsExactly("cursor format");
        assertThat(errors("?limit=0")).containsExactly("limit range");
        assertThat(refused("/replay", "{\"all\": true, \"rate\": 0}")).containsExactly("rate range");
        assertThat(refused("/replay", "{}")).containsExactly("filter required");
        assertThat(refused("/replay", "{\"filter\": {\"channel\": \"push\"}, \"all\": true}"))
                .containsExactly("filter required");
        assertThat(refused("/discard", "{\"all\": true}")).containsExactly("reason required");
        assertThat(ingest.api().get(PATH + "/999999999").status()).isEqualTo(404);
        assertThat(ingest.api().post(PATH + "/x/replay", "").status()).isEqualTo(404);

        Api publisher = ingest.apiWith("outsider", "[\"publish\",\"manage\"]", "[]");
        for (String path : List.of("", "/counts", "/1", "/actions", "/actions/1")) {
            assertThat(publisher.get(PATH + path).status()).as(path).isEqualTo(403);
            assertThat(ingest.apiOf("ada").get(PATH + path).status()).as(path).isEqualTo(401);
        }
        for (String path : List.of("/1/replay", "/1/discard", "/replay", "/discard", "/actions/1/stop")) {
            assertThat(publisher
                            .post(PATH + path, "{\"all\": true, \"reason\": \"x\"}")
                            .status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(publisher.withToken(null).post(PATH + path, "{}").status())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    private long sent(Delivery delivery, Reason reason) {
        letters.send(
                delivery, reason, ingest.bean(PipelineClock.class).instant().truncatedTo(ChronoUnit.MILLIS));
        return await().atMost(WAIT).until(() -> idOf("?recipient=" + delivery.recipient()), id -> id > 0);
    }

    private long idOf(String query) {
        JsonNode found = list(query).get("dead_letters");
        return found.isEmpty() ? 0 : found.get(0).get("id").asLong();
    }

    private JsonNode list(String query) {
        Answer answer = ingest.api().get(PATH + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private List<String> recipients(String query) {
        return list(query)
                .get("dead_letters")
                .valueStream()
                .map(letter -> letter.has("recipient") ? letter.get("recipient").asString() : "-")
                .toList();
    }

    private JsonNode get(long id) {
        return ingest.api().get(PATH + "/" + id).json();
    }

    private String refusal(long id) {
        Answer answer = ingest.api().post(PATH + "/" + id + "/replay", "");
        return answer.status() + " " + answer.text("code");
    }

    private List<String> errors(String query) {
        return ingest.api().get(PATH + query).errors();
    }

    private List<String> refused(String path, String body) {
        return ingest.api().post(PATH + path, body).errors();
    }

    private boolean isDone(long action) {
        return ingest.api().get(PATH + "/actions/" + action).text("state").equals("done");
    }

    private long done(long action) {
        return ingest.api().get(PATH + "/actions/" + action).json().get("done").asLong();
    }

    private List<ConsumerRecord<byte[], byte[]>> putBack(String topic, String recipient) {
        return topics.readAll(ingest.topic(topic)).stream()
                .filter(record -> recipient.equals(new String(record.key(), StandardCharsets.UTF_8)))
                .toList();
    }
}
