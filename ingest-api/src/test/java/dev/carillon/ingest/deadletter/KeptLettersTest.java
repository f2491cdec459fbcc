package dev.carillon.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.deadletter.LetterRow.FailedRecord;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** CloudEvents that were refused, of which a person is taken out. What travels to the router is in the test of the API. */
@ExtendWith(InfrastructureExtension.class)
class KeptLettersTest {
    private static final RecipientId EVE = new RecipientId("eve");
    private static final String PSEUDONYM = "erased-1";

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private LetterTable letters;
    private KeptLetters kept;

    @BeforeEach
    void open(TestDatabase database) {
        DriverManagerDataSource source = StoredLetters.none(database);
        JdbcClient jdbc = JdbcClient.create(source);
        letters = new LetterTable(jdbc);
        kept = new KeptLetters(
                new ScrubbedLetters(jdbc), new TransactionTemplate(new JdbcTransactionManager(source)), clock);
    }

    @Test
    void takesHerOutOfTheAttributesThatAreHeaders() {
        insert(
                null,
                header("ce_specversion", "1.0"),
                header("ce_recipients", "ada, eve,eveline"),
                header("ce_exclude", "eve"),
                header("ce_actor", "eve"),
                header("ce_actorname", "Eve of Nowhere"),
                header("ce_subject", "user/eve"),
                header("traceparent", "eve"),
                new Header("ce_time", null));

        assertThat(kept.erase(EVE, PSEUDONYM)).containsEntry("dead_letters_of_others", 1L);

        assertThat(letter(1).record().headers())
                .containsExactly(
                        header("ce_specversion", "1.0"),
                        header("ce_recipients", "ada,eveline"),
                        header("ce_exclude", ""),
                        header("ce_subject", "user/" + PSEUDONYM),
                        header("traceparent", "eve"),
                        new Header("ce_time", null));
        assertThat(letter(1).state()).isEqualTo(LetterState.OPEN);
    }

    @Test
    void takesHerOutOfTheAttributesThatAreOneDocument() {
        Header structured = header("content-type", "application/cloudevents+json");
        insert(
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"recipients\":\"eve,ada\",\"actor\":\"eve\","
                        + "\"actorname\":\"Eve\",\"subject\":\"eve\",\"data\":{\"recipients\":\"eve,ada\"}}",
                structured);

        kept.erase(EVE, PSEUDONYM);

        assertThat(value(1))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"1\",\"recipients\":\"ada\",\"subject\":\"" + PSEUDONYM
                        + "\",\"data\":{\"recipients\":\"eve,ada\"}}");
        assertThat(letter(1).record().headers()).containsExactly(structured);
    }

    @Test
    void discardsWhatIsForHerAlone() {
        insert("{\"title\":\"Own form\",\"recipients\":[\"eve\"]}");
        insert(
                "{\"specversion\":\"1.0\",\"recipients\":\" eve \",\"data\":{\"told\":\"structured\"}}",
                header("content-type", "application/cloudevents+json"));
        insert("{\"told\":\"binary\"}", header("ce_specversion", "1.0"), header("ce_recipients", "eve"));
        insert("{\"title\":\"To others too\",\"recipients\":[\"eve\"],\"audiences\":[\"team\"]}");
        insert(
                "{\"told\":\"all\"}",
                header("ce_specversion", "1.0"),
                header("ce_recipients", "eve"),
                header("ce_broadcast", "true"));

        assertThat(kept.erase(EVE, PSEUDONYM)).containsEntry("dead_letters_of_others", 5L);

        for (long hers = 1; hers <= 3; hers++) {
            assertThat(letter(hers).state()).as("letter %d", hers).isEqualTo(LetterState.DISCARDED);
            assertThat(letter(hers).record().isKept()).isFalse();
        }
        assertThat(value(4)).isEqualTo("{\"title\":\"To others too\",\"recipients\":[],\"audiences\":[\"team\"]}");
        assertThat(letter(5).state()).isEqualTo(LetterState.OPEN);
    }

    @Test
    void findsHerInWhatWasWrittenBeforeHeadersWereKeptAndInEachOfTwoHeadersOfOneName() {
        insert("{\"specversion\":\"1.0\",\"recipients\":\"ada,eve\"}");
        insert(
                "{}",
                header("ce_specversion", "1.0"),
                header("ce_recipients", "eve,ada"),
                header("ce_recipients", "bob,"));

        kept.erase(EVE, PSEUDONYM);

        assertThat(value(1)).isEqualTo("{\"specversion\":\"1.0\",\"recipients\":\"ada\"}");
        assertThat(letter(2).record().headers())
                .containsExactly(
                        header("ce_specversion", "1.0"),
                        header("ce_recipients", "ada"),
                        header("ce_recipients", "bob,"));
        assertThat(kept.erase(EVE, PSEUDONYM)).containsEntry("dead_letters_of_others", 0L);
    }

    @Test
    void leavesWhatDoesNotNameHerAndDiscardsWhatNobodyCanRead() {
        insert("{\"title\": \"for eve\"}", header("ce_recipients", "ada"), header("ce_subject", "eve/1"));
        insert("no JSON of eve", header("ce_recipients", "ada"));
        insert("no JSON of \"eve\"", header("ce_recipients", "eve"));

        assertThat(kept.erase(EVE, PSEUDONYM)).containsEntry("dead_letters_of_others", 1L);

        assertThat(value(1)).isEqualTo("{\"title\": \"for eve\"}");
        assertThat(value(2)).isEqualTo("no JSON of eve");
        assertThat(letter(3).state()).isEqualTo(LetterState.DISCARDED);
        assertThat(letter(3).record().isKept()).isFalse();
    }

    private static Header header(String name, String value) {
        return Header.of(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private LetterRow letter(long id) {
        return letters.find(id).orElseThrow();
    }

    private String value(long id) {
        return new String(letter(id).record().value(), StandardCharsets.UTF_8);
    }

    private void insert(@Nullable String value, Header... headers) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        letters.insert(StoredLetters.open(
                Service.INGEST_API.code(),
                "malformed",
                clock.instant(),
                new FailedRecord("inbound", 0, 1, null, bytes, List.of(headers))));
    }
}
