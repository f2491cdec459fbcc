package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records of {@code types} that are no types. */
class UnreadableTypesTest {
    private static final NotificationType MAIL = new NotificationType(
            "mail", 1, null, null, null, Set.of(Channel.EMAIL), null, null, false, false, List.of());

    @Test
    void eachIsOneDeadLetterThatSaysWhereItLiesAndCannotTakeTheTypesPlace(@TempDir Path directory) {
        try (RouterDriver router = new RouterDriver(directory)) {
            spoil(router, "mail", "{");
            spoil(router, "mail", "{}");
            spoil(router, "news", "[]");
            something(router);

            List<DeadLetter> letters = router.deadLetters();
            assertThat(letters).extracting(DeadLetter::offset).containsExactly(0L, 1L, 2L);
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.topic()).isEqualTo(router.topics().types().name());
                assertThat(letter.reason()).isEqualTo("malformed");
                assertThat(letter.valueBase64()).isNull();
            });
            assertThat(letters.get(1).detail()).endsWith("name is missing");
            assertThat(letters.get(2).keyBase64()).isEqualTo(DeadLetter.encode(bytes("news")));

            something(router);
            assertThat(router.deadLetters()).isEmpty();
            spoil(router, "mail", "{");
            something(router);
            assertThat(router.deadLetters()).extracting(DeadLetter::offset).containsExactly(3L);
        }
    }

    /** As at a start: the topic is read from its beginning, and the store is what was committed. */
    @Test
    void whoReadsThemAgainWritesOnlyWhatIsNotWrittenYet(@TempDir Path first, @TempDir Path second) {
        Bytes told = Bytes.wrap(new byte[] {0});
        byte[] upTo;
        try (RouterDriver router = new RouterDriver(first)) {
            spoil(router, "mail", "{");
            spoil(router, "news", "{");
            something(router);
            assertThat(router.deadLetters()).hasSize(2);
            upTo = router.store(Stores.MEMORY).get(told);
        }
        try (RouterDriver router = new RouterDriver(second)) {
            router.store(Stores.MEMORY).put(told, upTo);
            spoil(router, "mail", "{");
            spoil(router, "news", "{");
            spoil(router, "late", "{");
            something(router);

            assertThat(router.deadLetters()).extracting(DeadLetter::offset).containsExactly(2L);
        }
    }

    @Test
    void theVersionBeforeStaysInForceAlsoWhereNobodyHasAskedForIt(@TempDir Path directory) {
        try (RouterDriver router = new RouterDriver(directory)) {
            router.profile(People.registered("ada", 1));
            router.type(MAIL);
            spoil(router, "mail", "{");
            router.send(router.event("1").type("mail", 1).to("ada"));

            assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
            assertThat(router.deliveries(Channel.INAPP)).isEmpty();
        }
    }

    @Test
    void ofVeryManyTheLastAreWritten(@TempDir Path directory) {
        try (RouterDriver router = new RouterDriver(directory)) {
            for (int i = 0; i < UnreadableTypes.MOST + 2; i++) {
                spoil(router, "mail", "{");
            }
            something(router);

            List<DeadLetter> letters = router.deadLetters();
            assertThat(letters).hasSize(UnreadableTypes.MOST);
            assertThat(letters.getFirst().offset()).isEqualTo(2);
        }
    }

    private static void spoil(RouterDriver router, String name, String content) {
        router.raw(router.topics().types(), name, bytes(content), new RecordHeaders());
    }

    /** Letters go with whatever comes next. */
    private static void something(RouterDriver router) {
        router.clock.advance(Duration.ofSeconds(1));
        router.send(router.event(router.clock.instant().toString()).to("bob"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
