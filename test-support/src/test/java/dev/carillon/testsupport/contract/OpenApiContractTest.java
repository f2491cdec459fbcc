package dev.carillon.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenApiContractTest {
    private static final String JSON = "application/json";
    private static final String BATCH = "application/batch+json";

    private final OpenApiContract contract = new OpenApiContract(SchemaCheck.read("""
        {"paths": {
           "/things": {"post": {
             "operationId": "send",
             "requestBody": {"required": true, "content": {
               "application/json": {"schema": {"oneOf": [
                 {"$ref": "#/components/schemas/Thing"},
                 {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}]}},
               "application/batch+json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}},
               "application/thing+json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
             "responses": {"202": {}, "207": {"content": {"application/json": {"schema": {"type": "object"}}}}, "422": {}}}},
           "/hints": {"post": {
             "operationId": "hint",
             "requestBody": {"required": false, "content": {"application/json": {"schema": {"type": "object"}}}},
             "responses": {"202": {}}}}},
         "components": {"schemas": {"Thing": {"type": "object", "required": ["name"], "properties": {
           "name": {"type": "string"}, "kind": {"type": "string", "enum": ["a", "b"]}}}}}}
        """));

    @Test
    void acceptsNothingThatTheDocumentDoesNotTake() {
        assertThat(single("{\"name\": \"n\", \"kind\": null}")).isEmpty();
        assertThat(single("{\"nme\": \"n\"}")).singleElement().asString().contains("POST /things 202: request: ");
        assertThat(contract.check(exchange("/things", JSON, "{}", 422, ""))).isEmpty();
    }

    @Test
    void succeedsWithoutABodyOnlyWhereItMayBeLeftOut() {
        assertThat(single("")).containsExactly("POST /things 202: succeeds without the body that the document demands");
        assertThat(contract.check(exchange("/things", null, "", 422, ""))).isEmpty();
        assertThat(contract.check(exchange("/hints", null, "", 202, ""))).isEmpty();
    }

    @Test
    void holdsEachItemThatWasAcceptedToTheSchemaOfOne() {
        String sent = "[{\"name\": \"n\"}, {\"nme\": \"n\"}, {\"name\": 7}]";
        for (String type : List.of(JSON, BATCH)) {
            assertThat(array(type, sent, 202, 422, 422)).isEmpty();
            assertThat(array(type, sent, 202, 422, 202))
                    .singleElement()
                    .asString()
                    .startsWith("POST /things 207: request[2]: ")
                    .contains("name");
        }
        assertThat(array("application/thing+json", sent, 202, 422, 422))
                .containsExactly("POST /things 207: takes an array, which the document does not have, as"
                        + " application/thing+json");
    }

    private List<String> single(String body) {
        return contract.check(exchange("/things", JSON, body, 202, ""));
    }

    private List<String> array(String type, String sent, int first, int second, int third) {
        String results =
                "{\"results\": [{\"status\": %d}, {\"status\": %d}, {\"status\": %d}]}".formatted(first, second, third);
        return contract.check(exchange("/things", type, sent, 207, results));
    }

    private static Exchange exchange(String path, @Nullable String type, String body, int status, String answer) {
        return new Exchange(
                "POST",
                path,
                Map.of(),
                type,
                body.getBytes(StandardCharsets.UTF_8),
                status,
                answer.isEmpty() ? null : JSON,
                answer.getBytes(StandardCharsets.UTF_8));
    }
}
