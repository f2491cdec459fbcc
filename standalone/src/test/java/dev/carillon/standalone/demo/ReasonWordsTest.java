package dev.carillon.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.outcome.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonWordsTest {
    @ParameterizedTest
    @EnumSource
    void thePageHasWordsForEveryReason(Reason reason) throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/static/page/reasons.js")))
                .contains("\n  " + reason.code() + ": '");
    }
}
