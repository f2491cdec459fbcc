package dev.carillon.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.Examples.Example;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
    private static final String SECRET = "ada-lovelace@example.org";
    private static final Path FOLDER = Path.of("src", "test", "examples");

    static Stream<String> names() {
        return Examples.all().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsBackWhatItWrites(String name) {
        Example example = example(name);
        byte[] json = Json.write(example.value());
        assertThat(Json.read(json, example.type()))
                .as(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(example.value());
    }

    /** A file that was checked in once is read by every later version; a new record gets a new file. */
    @ParameterizedTest
    @MethodSource("names")
    void readsWhatEarlierVersionsWrote(String name) throws IOException {
        Example example = example(name);
        Path file = FOLDER.resolve(name + ".json");
        if (Boolean.getBoolean("carillon.examples.write") && Files.notExists(file)) {
            Files.createDirectories(FOLDER);
            Files.write(file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(example.value()));
        }
        assertThat(Json.read(Files.readAllBytes(file), example.type())).isEqualTo(example.value());
    }

    @Test
    void ignoresUnknownFieldsAndFillsAbsentOnes() {
        Preferences read = Json.read("{\"new_field\": 1}".getBytes(StandardCharsets.UTF_8), Preferences.class);
        assertThat(read).isEqualTo(Preferences.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dev.carillon.schemas.event.IntakeRecord | {'kind': 'event'} | event",
                "dev.carillon.schemas.event.IntakeRecord | {'kind': 'event', 'event': {}} | event.uid",
                "dev.carillon.schemas.recipient.RecipientProfile | {} | recipient",
                "dev.carillon.schemas.outcome.OutcomeBatch | [{'channels': []}] | outcomes[].",
            })
    void whatMustBeThereAndIsNotIsNamed(Class<?> type, String json, String missing) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(bytes, type))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("but " + missing)
                .hasMessageEndingWith("is missing");
    }

    /** Most lists of most records are empty, and every byte is stored, sent and parsed several times. */
    @Test
    void leavesEmptyListsOut() {
        Content content = Content.of("Title", null);
        Targets targets = Targets.ofRecipients(List.of(new RecipientId("ada")));

        assertThat(new String(Json.write(content), StandardCharsets.UTF_8)).isEqualTo("{\"title\":\"Title\"}");
        assertThat(new String(Json.write(targets), StandardCharsets.UTF_8))
                .isEqualTo("{\"recipients\":[\"ada\"],\"broadcast\":false}");
        assertThat(new String(Json.write(Attempts.none()), StandardCharsets.UTF_8))
                .isEqualTo("{\"made\":0}");
    }

    @Test
    void writesEnumsAsTheirCodes() {
        for (Channel channel : Channel.values()) {
            assertThat(new String(Json.write(channel), StandardCharsets.UTF_8)).isEqualTo('"' + channel.code() + '"');
        }
        for (Lane lane : Lane.values()) {
            assertThat(new String(Json.write(lane), StandardCharsets.UTF_8)).isEqualTo('"' + lane.code() + '"');
        }
        for (Reason reason : Reason.values()) {
            assertThat(new String(Json.write(reason), StandardCharsets.UTF_8)).isEqualTo('"' + reason.code() + '"');
        }
    }

    @Test
    void saysWhatItExpected() {
        assertThatThrownBy(() -> Json.read("{".getBytes(StandardCharsets.UTF_8), Delivery.class))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("Delivery expected");
    }

    /** Whatever a producer put there: what refuses a record is logged. */
    @ParameterizedTest
    @MethodSource("names")
    void neverRepeatsWhatARefusedRecordSays(String name) {
        Example example = example(name);
        String json = new String(Json.write(example.value()), StandardCharsets.UTF_8);
        Matcher value = Pattern.compile("(?<=[:\\[,])(\"[^\"]*\"|[0-9.]+|true|false)(?=[,}\\]])")
                .matcher(json);
        int refused = 0;
        while (value.find()) {
            for (String other : List.of(
                    "\"" + SECRET + "\"", "{\"" + SECRET + "\": \"" + SECRET + "\"}", "[\"" + SECRET + "\"]", SECRET)) {
                String changed = json.substring(0, value.start()) + other + json.substring(value.end());
                try {
                    Json.read(changed.getBytes(StandardCharsets.UTF_8), example.type());
                } catch (RuntimeException e) {
                    refused++;
                    assertThat(Throwables.getStackTrace(e)).as(changed).doesNotContain(SECRET);
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesARecordThatSaysNothing(String name) {
        Class<?> type = example(name).type();
        byte[] text = "null".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(null, type)).isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> Json.read(text, type)).isInstanceOf(MalformedRecordException.class);
    }

    private static Example example(String name) {
        Example example = Examples.all().get(name);
        if (example == null) {
            throw new IllegalArgumentException(name);
        }
        return example;
    }
}
