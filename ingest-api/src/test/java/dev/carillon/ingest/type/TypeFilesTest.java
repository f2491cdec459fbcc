package dev.carillon.ingest.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                "types: {a: {channels: [push, email], policies: {steps: [{channel: push}, {channel: email, after: 1h},"
                        + " {channel: push, after: 1h}]}}} | types.a.policies.steps[2].channel is a step already",
                "types: {a: {channels: [push], policies: {steps: [{channel: push}, {channel: email, after: 1h}]}}} |"
                        + " types.a.policies.steps[1].channel must be one of the type's channels",
                "types: {a: {policies: {steps: [{channel: inapp}]}}} | types.a.policies.steps one step",
                "types: {a: {policies: {steps: [{after: 1h}]}}} | types.a.policies.steps[0].channel is required",
                "types: {a: {channels: [push], policies: {steps: [{channel: push, after: -5m}]}}} |"
                        + " types.a.policies.steps[0].after must be longer",
                "types: {a: {channels: [push], policies: {steps: [{channel: push, after: 8d}]}}} |"
                        + " types.a.policies.steps[0].after must be longer",
                "types: {a: {channels: [push], policies: {steps: [{channel: push, after: soon}]}}} |"
                        + " types.a.policies.steps[0].after must be a length of time",
                "types: {a: {channels: [push, email], policies: {steps: [{channel: push, after: 4d}, {channel: email,"
                        + " after: 4d}]}}} | types.a.policies.steps may wait at most 7 days",
                "types: {a: {channels: [push], policies: {steps: [{channel: push, after: 1h, condition: 'data.x"
                        + " >'}]}}} | types.a.policies.steps[0].condition line 1, column 9",
                "types: {a: {policies: {conditions: {inapp: 'recipient.locle == 1'}}}} |"
                        + " types.a.policies.conditions.inapp line 1, column 10",
                "types: {a: {policies: {conditions: {sms: 'true'}}}} | types.a.policies.conditions.sms is unknown",
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
    void readsStepsAndConditions() throws IOException {
        write(
                "a.yaml",
                "types: {a: {channels: [push, email], policies: {conditions: {push: data.x > 1},"
                        + " steps: [{channel: push}, {channel: email, after: 10m, condition: has(data.y)}]}}}");

        Policies policies = read().getFirst().policies();
        assertThat(policies.conditions()).containsExactly(Map.entry(Channel.PUSH, "data.x > 1"));
        assertThat(policies.steps())
                .containsExactly(
                        new Step(Channel.PUSH, null, null),
                        new Step(Channel.EMAIL, Duration.ofMinutes(10), "has(data.y)"));
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
