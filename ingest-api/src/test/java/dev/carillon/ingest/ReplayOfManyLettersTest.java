package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Ten thousand dead letters and two replicas, at each of which an operator asks for all of them. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayOfManyLettersTest {
    private static final String PATH = "/api/v1/ops/dead-letters";
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final int MANY = 10_000;
    private static final int SENT_TOGETHER = 1_000;
    private static final int RATE = 500;
    private static final int PORTION = 50;
    private static final String REPLAY = "{\"filter\": {\"reason\": \"provider_error\"}, \"rate\": " + RATE + "}";

    /** Writes down each claim with its transaction: the table itself keeps only the last one of a letter. */
    private static final String WATCH = """
            CREATE TABLE ingest.watched_claim (letter bigint, transaction bigint);
            CREATE FUNCTION ingest.watch_claim() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO ingest.watched_claim VALUES (NEW.id, txid_current());
                RETURN NEW;
            END $$;
            CREATE TRIGGER watch_claims AFTER UPDATE ON ingest.dead_letter FOR EACH ROW
                WHEN (NEW.state = 'replaying') EXECUTE FUNCTION ingest.watch_claim();
            """;

    private RunningIngest one;
    private RunningIngest two;
    private TopicProbe topics;
    private JdbcClient jdbc;

    /** When letters of one action were claimed, by the database's clock. */
    private record Claims(Instant asked, List<Instant> at) {}

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        String prefix = TestInfrastructure.freshTopicPrefix();
        one = RunningIngest.start(database, prefix);
        two = RunningIngest.start(database, prefix);
        topics = probe;
        jdbc = JdbcClient.create(one.bean(DataSource.class));
    }

    @AfterAll
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void putsAllBackEachOnceAtTheRateInPortions() {
        die();
        jdbc.sql(WATCH).update();

        List<Long> actions = askTogether();
        await().atMost(WAIT)
                .until(() -> actions.stream().allMatch(id -> text(id, "state").equals("done")));

        assertThat(actions.stream()
                        .mapToLong(id -> Long.parseLong(text(id, "done")))
                        .sum())
                .isEqualTo(MANY);
        assertThat(states()).containsExactly("replayed " + MANY);
        assertEachIsBackOnce();
        assertThat(jdbc.sql("SELECT count(*) || ' ' || count(DISTINCT letter) FROM ingest.watched_claim")
                        .query(String.class)
                        .single())
                .isEqualTo(MANY + " " + MANY);
        assertThat(jdbc.sql("SELECT max(number) FROM (SELECT count(*) AS number FROM ingest.watched_claim"
                                + " GROUP BY transaction) AS portion")
                        .query(Integer.class)
                        .single())
                .isLessThanOrEqualTo(PORTION);
        actions.forEach(id -> assertKeptToTheRate(claims(id)));
    }

    private void die() {
        Letters letters = new Letters(one);
        Instant at = Instant.parse("2026-03-01T00:00:00Z");
        for (int from = 0; from < MANY; from += SENT_TOGETHER) {
            List<Delivery> some = IntStream.range(from, from + SENT_TOGETHER)
                    .mapToObj(i -> Letters.delivery(Channel.PUSH, "many-" + i, null))
                    .toList();
            letters.sendAll(some, Reason.PROVIDER_ERROR, at);
        }
        await().atMost(WAIT).until(() -> states().equals(List.of("open " + MANY)));
    }

    /** Both operators, at the same time; the ids of their actions. */
    private List<Long> askTogether() {
        CyclicBarrier both = new CyclicBarrier(2);
        try (ExecutorService operators = Executors.newFixedThreadPool(2)) {
            List<CompletableFuture<Long>> asked = List.of(
                            one.apiWith("early shift", "[\"operate\"]", "[]"),
                            two.apiWith("late shift", "[\"operate\"]", "[]"))
                    .stream()
                    .map(operator -> CompletableFuture.supplyAsync(() -> ask(operator, both), operators))
                    .toList();
            return asked.stream().map(CompletableFuture::join).toList();
        }
    }

    private static long ask(Api operator, CyclicBarrier both) {
        try {
            both.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Api.Answer begun = operator.post(PATH + "/replay", REPLAY);
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        return begun.json().get("id").asLong();
    }

    private void assertEachIsBackOnce() {
        List<String> names = topics.readAll(one.topic("push")).stream()
                .map(record -> new String(
                        record.headers().lastHeader("carillon-replay").value(), StandardCharsets.UTF_8))
                .toList();
        List<String> letters = jdbc.sql("SELECT id FROM ingest.dead_letter")
                .query((row, number) -> row.getString(1))
                .list();
        assertThat(names).hasSize(MANY).containsExactlyInAnyOrderElementsOf(letters);
    }

    /**
     * A portion begins when what was claimed before it has had its time; so nothing is claimed before its turn, and in no
     * second more than the rate, with a portion that was under way when it began and the last one.
     */
    private static void assertKeptToTheRate(Claims claims) {
        List<Instant> at = claims.at();
        Duration each = Duration.ofSeconds(1).dividedBy(RATE);
        assertThat(IntStream.range(PORTION, at.size())
                        .filter(i -> at.get(i).isBefore(claims.asked().plus(each.multipliedBy(i - PORTION + 1L))))
                        .mapToObj(i -> i + " at " + at.get(i)))
                .as("claimed before their turn, asked for at %s", claims.asked())
                .isEmpty();
        int most = RATE + 2 * PORTION;
        assertThat(IntStream.range(most, at.size())
                        .filter(i -> at.get(i).isBefore(at.get(i - most).plusSeconds(1)))
                        .mapToObj(i -> i + " at " + at.get(i)))
                .as("more than %d within a second", most)
                .isEmpty();
    }

    private Claims claims(long action) {
        Instant asked = jdbc.sql("SELECT at FROM ingest.dead_letter_action WHERE id = :id")
                .param("id", action)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
        List<Instant> at = jdbc.sql("SELECT claimed_at FROM ingest.dead_letter WHERE action = :id ORDER BY claimed_at")
                .param("id", action)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
        return new Claims(asked, at);
    }

    private List<String> states() {
        return jdbc.sql("SELECT state || ' ' || count(*) FROM ingest.dead_letter GROUP BY state")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private String text(long action, String field) {
        JsonNode found = one.api().get(PATH + "/actions/" + action).json();
        return found.get(field).asString();
    }
}
