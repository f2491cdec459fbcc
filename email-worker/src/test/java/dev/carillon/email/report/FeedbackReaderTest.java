package dev.carillon.email.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.email.report.Feedback.Kind;
import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackReaderTest {

    private static List<Feedback> read(String json) {
        return FeedbackReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'hard_bounce'                  | HARD_BOUNCE",
                "'soft_bounce'                  | SOFT_BOUNCE",
                "'complaint'                    | COMPLAINT",
                "'bounce','status':'5.1.1'      | HARD_BOUNCE",
                "'bounce','status':'5.2.2'      | SOFT_BOUNCE",
                "'bounce','status':'4.4.7'      | SOFT_BOUNCE",
                "'bounce','status':'4.9.9'      | SOFT_BOUNCE",
                "'bounce','status':'5.7.1'      | NOTHING",
                "'hard_bounce','status':'5.7.1' | HARD_BOUNCE"
            })
    void eachKindSaysWhatFollows(String kind, Kind what) {
        assertThat(read("{'address':' Ada@Example.org ','kind':" + kind + ",'detail':'no'}"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.kind()).isEqualTo(what);
                    assertThat(one.address()).hasToString("Ada@example.org");
                    assertThat(one.detail()).isEqualTo("no");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'address':'a@b','kind':'bounce'}                    | status required",
                "{'address':'a@b','kind':'bounce','status':5}         | status required",
                "{'address':'a@b','kind':'bounce','status':'550'}     | status format",
                "{'address':'a@b','kind':'complaint','status':'5.1'}  | status format",
                "{'address':'a@b'}                                    | kind one_of",
                "{'address':'a@b','kind':'HARD_BOUNCE'}               | kind one_of",
                "{'kind':'complaint'}                                 | address required",
                "{'address':'a@faß.de','kind':'complaint'}            | address format",
                "[{'address':'a@b','kind':'complaint'},{'address':'a@b','kind':'bounce'}] | [1].status required"
            })
    void whatIsMissingOrWrongIsNamed(String json, String error) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(json));

        assertThat(problem.errors()).map(one -> one.field() + " " + one.rule()).containsExactly(error);
    }

    @Test
    void atMostAThousandAreTakenAtOnce() {
        String one = "{'address':'a@b','kind':'complaint'}";
        assertThat(read("[" + (one + ",").repeat(999) + one + "]")).hasSize(1_000);
        assertThat(catchThrowableOfType(ProblemException.class, () -> read("[" + (one + ",").repeat(1_000) + one + "]"))
                        .errors())
                .map(error -> error.rule())
                .containsExactly("max_items");
    }
}
