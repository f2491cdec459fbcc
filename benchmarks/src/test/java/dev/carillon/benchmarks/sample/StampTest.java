package dev.carillon.benchmarks.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StampTest {
    private static final long MICROS = 1_763_632_800_123_456L;

    @Test
    void isFoundInWhatATitleBecomes() {
        byte[] text = ("data: {\"title\":\"" + Samples.title(MICROS) + "\"}\n\n").getBytes(StandardCharsets.UTF_8);

        int at = Stamp.find(text, 0, text.length);

        assertThat(Stamp.read(text, at)).isEqualTo(MICROS);
        assertThat(Stamp.find(text, at + Stamp.LENGTH, text.length)).isNegative();
    }

    @Test
    void isNotFoundWhereItIsCutOff() {
        byte[] text = Samples.title(MICROS).getBytes(StandardCharsets.UTF_8);

        assertThat(Stamp.find(text, 0, text.length - 1)).isNegative();
        assertThat(Stamp.find("at=1 and t=1x".repeat(4).getBytes(StandardCharsets.UTF_8), 0, 52))
                .isNegative();
    }

    @Test
    void ridesInEventsOfTheUsualSize() {
        byte[] posted = Samples.posted("1", "r1", MICROS).getBytes(StandardCharsets.UTF_8);
        byte[] accepted = Json.write(Samples.accepted("1", "r1", Instant.EPOCH.plusNanos(MICROS * 1000), null));

        assertThat(Json.mapper().readTree(posted).path("recipients").get(0).asString())
                .isEqualTo("r1");
        assertThat(posted.length).isBetween(400, 600);
        assertThat(Stamp.read(accepted, Stamp.find(accepted, 0, accepted.length)))
                .isEqualTo(MICROS);
    }
}
