package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.state.RecordSize;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that the producer refuses would end the router's thread, again and again. */
class LargeRecordsTest {
    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aMergedDeliveryStaysFarBelowTheLargestRecordHoweverLongItsTextsAre() {
        router.type(new NotificationType(
                "report",
                1,
                null,
                null,
                null,
                Set.of(Channel.EMAIL),
                null,
                null,
                false,
                false,
                List.of(new Template(
                        null, null, "Report", null, "{{#data.n}}0123456789{{data.more}}{{/data.n}}", null))));
        for (String id : List.of("ada", "bob")) {
            router.profile(People.with(id, 1, People.quiet("09:00", "11:00")));
        }
        Map<String, Object> data = Map.of(
                "n", List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), "more", "ä".repeat(990), "unread", "x".repeat(9_000));
        for (int i = 0; i < 90; i++) {
            router.send(router.event("e" + i).type("report", 1).data(data).to("ada", "bob"));
        }
        router.told();
        router.advance(Duration.ofHours(2));

        List<Delivery> mails = router.deliveries(Channel.EMAIL);
        assertThat(mails).hasSize(2).allSatisfy(mail -> {
            assertThat(Json.write(mail).length).isLessThan(RecordSize.MOST / 2);
            assertThat(mail.items().size() + mail.more()).isEqualTo(90);
            assertThat(mail.items().getFirst().content().body()).startsWith("0123456789ä");
            assertThat(mail.notification().content().title()).startsWith("90 ");
        });
        assertThat(router.told()).hasSize(2 * 91);
        router.nothingMore();
    }

    @Test
    void whatFitsIsMergedWhole() {
        router.profile(People.with("ada", 1, People.mutedUntil(RouterDriver.START.plusSeconds(60))));
        router.type(new NotificationType(
                "note", 1, null, null, null, Set.of(Channel.EMAIL), null, null, false, false, List.of()));
        router.send(router.event("1").type("note", 1).body("b".repeat(9_000)).to("ada"));
        router.send(router.event("2").type("note", 1).body("b".repeat(9_000)).to("ada"));
        router.advance(Duration.ofMinutes(1));

        assertThat(router.deliveries(Channel.EMAIL)).singleElement().satisfies(mail -> {
            assertThat(mail.items())
                    .hasSize(2)
                    .allSatisfy(item -> assertThat(item.content().body()).hasSize(9_000));
            assertThat(mail.more()).isZero();
        });
    }

    @Test
    void aPoisonRecordTooLargeForADeadLetterLeavesOnlyWhereItIs() {
        byte[] poison = "x".repeat(900_000).getBytes(StandardCharsets.UTF_8);
        router.raw(router.topics().intake(Lane.DIRECT), "key", poison, new RecordHeaders());

        assertThat(router.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.valueBase64()).isNull();
            assertThat(letter.reason()).isEqualTo("malformed");
            assertThat(letter.topic())
                    .isEqualTo(router.topics().intake(Lane.DIRECT).name());
        });
    }

    @Test
    void anEventTooLargeToBeDeliveredBecomesADeadLetter() {
        router.send(router.event("1")
                .body("x".repeat(RecordSize.MOST_IN_DEAD_LETTER))
                .to("ada"));

        assertThat(router.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("internal_error");
            assertThat(Json.write(letter).length).isLessThan(RecordSize.MOST);
        });
        router.nothingMore();
    }
}
