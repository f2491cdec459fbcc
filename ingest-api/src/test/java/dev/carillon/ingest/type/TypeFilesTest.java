package dev.carillon.ingest.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.NotificationType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeFilesTest {
    @TempDir
    Path directory;

    @Test
    void readsTheTypesOfAllFiles() throws IOException {
        write("a.yaml", "types:\n  invoice.paid:\n    category: billing\n    channels: [email, inapp]\n");
        write("b.yml", "types:\n  hello:\n    templates:\n      - title: 'Hello {{name}}'\n");

        List<NotificationType> types = read();

        assertThat(types).extracting(NotificationType::name).containsExactlyInAnyOrder("invoice.paid", "hello");
        assertThat(types.getFirst().channels()).containsExactlyInAnyOrder(Channel.INAPP, Channel.EMAIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "types: {a: {channel: [email]}}        | types.a.channel is unknown; did you mean channels?",
                "types: {a: {templates: [{titel: x}]}} | types.a.templates[0].titel is unknown",
                "types: {'a b': {}}                    | types.a b must be",
                "types: [a]                            | expected one field, types",
                "other: {}                             | expected one field, types",
                "types: {a: {}, a: {}}                 | duplicate key",
                "types: {a: {                          | cannot be read",
                "!!java.io.File [x]                    | cannot be read",
            })
    void namesTheFileAndTheFieldOfAMistake(String yaml, String expected) throws IOException {
        write("wrong.yaml", yaml);

        assertThatThrownBy(this::read).hasMessageContaining("wrong.yaml").hasMessageContaining(expected);
    }

    @Test
    void refusesATypeThatTwoFilesDefine() throws IOException {
        write("a.yaml", "types: {hello: {}}");
        write("b.yaml", "types: {hello: {}}");

        assertThatThrownBy(this::read).hasMessageContaining("hello is defined a second time");
    }

    private List<NotificationType> read() {
        return TypeFiles.read(List.of("file:" + directory + "/*.yaml", "file:" + directory + "/*.yml"));
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(directory.resolve(name), yaml);
    }
}
