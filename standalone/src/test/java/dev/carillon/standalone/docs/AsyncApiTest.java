package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import dev.carillon.testsupport.contract.Promises;
import dev.carillon.testsupport.contract.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class AsyncApiTest {
    /** What the name of an example begins with, and the record that it is of; the first that fits counts. */
    private static final List<Map.Entry<String, String>> RECORDS = List.of(
            Map.entry("intake", "IntakeRecord"),
            Map.entry("activity", "Activity"),
            Map.entry("answer", "Answer"),
            Map.entry("audience-member", "Membership"),
            Map.entry("command", "Command"),
            Map.entry("control", "Control"),
            Map.entry("dead-letter", "DeadLetter"),
            Map.entry("delivery", "Delivery"),
            Map.entry("live", "LiveMessage"),
            Map.entry("recipient", "RecipientProfile"),
            Map.entry("reply", "Reply"),
            Map.entry("type", "NotificationType"));

    private final String document = AsyncApiDocument.render();
    private final JsonNode read = Json.mapper().readTree(document);

    @Test
    void documentSaysWhatTheRecordsSay() throws IOException {
        GeneratedPage.saysWhatTheCodeSays("asyncapi/carillon.json", document, AsyncApiTest.class);
    }

    @Test
    void takesNoPromiseBack() throws IOException {
        GeneratedPage.keepsWhatWasPromised("asyncapi/promises.txt", Promises.ofRecords(read), AsyncApiTest.class);
    }

    @Test
    void everyExampleOfARecordKeepsToItsSchema() throws IOException {
        SchemaCheck check = new SchemaCheck(read);
        Set<String> problems = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("..", "schemas", "src", "test", "examples"))) {
            List<Path> examples = files.toList();
            assertThat(examples).hasSizeGreaterThan(40);
            for (Path example : examples) {
                String name = example.getFileName().toString();
                check.problem(schema(name), Files.readAllBytes(example), false)
                        .ifPresent(problem -> problems.add(name + ": " + problem));
            }
        }
        assertThat(problems).isEmpty();
    }

    private JsonNode schema(String example) {
        if (example.startsWith("outcomes")) {
            return read.at("/components/messages/OutcomeBatch.recipient/payload");
        }
        String record = RECORDS.stream()
                .filter(entry -> example.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record for " + example));
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + record);
    }
}
