package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.FlakyLog.Failure;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The other replica's sweeper may publish between our commit and our failure: then all is well. */
    private static final int SWEPT_BEFORE_THE_CRASH = 200;

    private static final int SWEPT_BEFORE_THE_DELETION = 204;

    private RunningIngest one;
    private RunningIngest two;
    private TopicProbe topics;
    private TestDatabase database;

    @BeforeAll
    void start(TestDatabase fresh, TopicProbe probe) {
        String prefix = TestInfrastructure.freshTopicPrefix();
        Map<String, String> settings = Map.of("carillon.ingest.publication.sweep-every", "100ms");
        database = fresh;
        topics = probe;
        one = RunningIngest.start(fresh, prefix, settings, FlakyLog.Beans.class);
        two = RunningIngest.start(fresh, prefix, settings);
    }

    @AfterEach
    void works() {
        FlakyLog.Beans.FAILURE.set(Failure.NONE);
    }

    @AfterAll
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void theSweeperOfAnotherReplicaFinishesWhatACrashLeft() {
        FlakyLog.Beans.FAILURE.set(Failure.BEFORE_SENDING);
        Api.Answer answer = one.api().put("/api/v1/recipients/crashed", "{\"name\":\"Ada\"}");

        assertThat(answer.status()).isIn(SWEPT_BEFORE_THE_CRASH, 503);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(view("recipients")).containsEntry("crashed", version("recipient", "crashed")));
    }

    @Test
    void publishesAgainWhatWasSentButNotMarked() {
        FlakyLog.Beans.FAILURE.set(Failure.AFTER_SENDING);
        assertThat(one.api().put("/api/v1/audiences/team/members/unmarked", "").status())
                .isIn(SWEPT_BEFORE_THE_CRASH, 503);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unpublished()).isZero());
        assertThat(view("audience-members")).containsKey("team\0unmarked");
    }

    @Test
    void aDeletionThatACrashCutOffReachesTheTopicToo() {
        one.api().put("/api/v1/recipients/leaving", "{\"name\":\"Ada\"}");
        FlakyLog.Beans.FAILURE.set(Failure.BEFORE_SENDING);
        assertThat(one.api().delete("/api/v1/recipients/leaving").status()).isIn(SWEPT_BEFORE_THE_DELETION, 503);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(view("recipients")).doesNotContainKey("leaving"));
        assertThat(one.api().get("/api/v1/recipients/leaving").status()).isEqualTo(404);
    }

    @Test
    void publishesEverythingAgainWhenAnOperatorAsks() throws SQLException {
        one.api().put("/api/v1/recipients/again", "{\"name\":\"Ada\"}");
        long before = count("again");

        assertThat(one.api().post("/api/v1/ops/republish", "").status()).isEqualTo(202);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count("again")).isGreaterThan(before));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unpublished()).isZero());
        assertThat(view("recipients")).containsEntry("again", version("recipient", "again"));
    }

    @Test
    void twoReplicasRacingLeaveTheTopicLikeTheDatabase() throws Exception {
        long seed = Long.getLong("carillon.test.seed", System.nanoTime());
        List<Future<List<Integer>>> racers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int racer = 0; racer < 8; racer++) {
                Api api = (racer % 2 == 0 ? one : two).api();
                Random random = new Random(seed + racer);
                racers.add(threads.submit(() -> race(api, random, 125)));
            }
        }
        for (Future<List<Integer>> racer : racers) {
            assertThat(racer.get()).as("seed " + seed).containsOnly(200, 204);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unpublished()).isZero());
        assertThat(view("recipients")).as("seed " + seed).isEqualTo(rows("recipient", "recipient"));
        assertThat(view("audience-members"))
                .as("seed " + seed)
                .isEqualTo(rows("membership", "audience || '/' || recipient"));
        assertThat(versionsNeverFall("recipients")).as("seed " + seed).isTrue();
    }

    private static List<Integer> race(Api api, Random random, int rounds) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            String id = "racer-" + random.nextInt(6);
            Api.Answer answer = switch (random.nextInt(6)) {
                case 0 -> api.put("/api/v1/recipients/" + id, "{\"name\":\"n" + i + "\"}");
                case 1 -> api.put("/api/v1/recipients/" + id + "/preferences", "{}");
                case 2 -> api.delete("/api/v1/recipients/" + id);
                case 3 -> api.put("/api/v1/audiences/race/members/" + id, "");
                case 4 -> api.delete("/api/v1/audiences/race/members/" + id);
                default -> api.put("/api/v1/audiences/race/members", "{\"members\":[\"racer-1\",\"" + id + "\"]}");
            };
            statuses.add(answer.status());
        }
        return statuses;
    }

    /** What a reader of a compacted topic ends up with: version by key, an audience's key written with a slash. */
    private Map<String, Long> view(String topic) {
        Map<String, Long> view = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.readAll(one.topic(topic))) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                view.remove(key);
            } else {
                view.put(
                        key,
                        Json.mapper().readTree(record.value()).get("version").longValue());
            }
        }
        return view;
    }

    private long count(String recipient) {
        return topics.readAll(one.topic("recipients")).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(recipient))
                .count();
    }

    private boolean versionsNeverFall(String topic) {
        Map<String, Long> latest = new TreeMap<>();
        return topics.readAll(one.topic(topic)).stream()
                .filter(record -> record.value() != null)
                .allMatch(record -> {
                    RecipientProfile profile = Json.read(record.value(), RecipientProfile.class);
                    Long before = latest.put(profile.recipient().value(), profile.version());
                    return before == null || before <= profile.version();
                });
    }

    private Map<String, Long> rows(String table, String key) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT " + key + ", version FROM ingest." + table + " WHERE deleted_at IS NULL")) {
            while (row.next()) {
                rows.put(row.getString(1).replace('/', '\0'), row.getLong(2));
            }
        }
        return rows;
    }

    private long version(String table, String key) throws SQLException {
        return Objects.requireNonNull(rows(table, table).get(key));
    }

    private long unpublished() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT (SELECT count(*) FROM ingest.recipient WHERE"
                        + " published < version) + (SELECT count(*) FROM ingest.membership WHERE published <"
                        + " version)")) {
            row.next();
            return row.getLong(1);
        }
    }
}
