package dev.carillon.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.Examples.Example;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.recipient.Preferences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
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

    @Test
    void saysWhatItExpected() {
        assertThatThrownBy(() -> Json.read("{".getBytes(StandardCharsets.UTF_8), Delivery.class))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("Delivery expected");
        assertThatThrownBy(() -> Json.read("null".getBytes(StandardCharsets.UTF_8), Delivery.class))
                .isInstanceOf(MalformedRecordException.class);
    }

    private static Example example(String name) {
        Example example = Examples.all().get(name);
        if (example == null) {
            throw new IllegalArgumentException(name);
        }
        return example;
    }
}
