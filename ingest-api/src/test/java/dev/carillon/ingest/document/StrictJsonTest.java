package dev.carillon.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,}      | line 1, column 8",
                "{'a':1,N'b' 2} | line 2, column 5",
                "{'a':1        | line 1",
                "{'a':1} x     | line 1, column 9",
                "{'a':1,'a':2} | Duplicate",
                "{'a':1}{'b':2} | nothing may follow",
                "`  `          | a JSON body is required",
                "``            | a JSON body is required",
                "{'a':NaN}     | line 1",
                "[{'a':1},     | line 1",
                "[1,2]]        | line 1",
            })
    void saysWhereADocumentIsMalformed(String json, String expected) {
        byte[] body = bytes(json.replace('N', json.contains("NaN") ? 'N' : '\n'));

        assertThatThrownBy(() -> StrictJson.parseParts(body))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status().value()).isEqualTo(400);
                    assertThat(problem.code()).isEqualTo("malformed_json");
                })
                .hasMessageContaining(expected);
    }

    @Test
    void refusesDocumentsThatAreTooDeep() {
        assertThatThrownBy(() -> StrictJson.parse(bytes("[".repeat(100) + "]".repeat(100))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatThrownBy(() -> StrictJson.parse(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void measuresEachItemAsItWasSent() {
        StrictJson.Body body = StrictJson.parseParts(bytes("[ {'a' : 1} , {'bb':'ü'}, 'x', [1] ]"));

        assertThat(body.array()).isTrue();
        assertThat(body.parts()).extracting(StrictJson.Part::bytes).containsExactly(9, 11, 3, 3);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
