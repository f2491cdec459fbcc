package dev.carillon.platform.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "titel,title,1",
        "title,titel,1",
        "title,title,0",
        "tile,title,1",
        "ca,abc,3",
        "recipient,recipients,1",
        "abcd,badc,2",
        "'',ab,2"
    })
    void countsASwapOfNeighboursAsOneEdit(String a, String b, int edits) {
        assertThat(Spelling.distance(a, b)).isEqualTo(edits);
    }

    @Test
    void suggestsTheNearestAndNothingThatIsFar() {
        List<String> known = List.of("time", "title", "type");
        assertThat(Spelling.suggestion("titel", known)).isEqualTo("; did you mean title?");
        assertThat(Spelling.suggestion("colour", known)).isEmpty();
    }
}
