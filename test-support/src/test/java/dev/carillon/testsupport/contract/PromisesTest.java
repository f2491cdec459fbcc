package dev.carillon.testsupport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PromisesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String BEFORE = """
        {"paths": {"/things/{id}": {"put": {
          "operationId": "putThing",
          "security": [{"key": ["manage"]}, {"key": ["operate"]}],
          "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                         {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}],
          "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Asked"}}}},
          "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Given"}}}}}}},
          "/open": {"get": {"operationId": "open", "responses": {"204": {}}}}},
         "components": {"schemas": {
           "Asked": {"type": "object", "required": ["name"], "properties": {
             "name": {"type": "string", "maxLength": 10},
             "kind": {"type": "string", "enum": ["a", "b"]},
             "many": {"type": "array", "items": {"type": "integer"}}}},
           "Given": {"type": "object", "required": ["name"], "properties": {
             "name": {"type": ["string", "null"]},
             "state": {"type": "string", "enum": ["on", "off"]},
             "either": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}}}}}
        """;

    /** What is written instead of a piece of the document, and what a caller loses by it. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        "put": {                                ; "post": {                                    ; PUT /things/{id} is putThing
        "putThing"                              ; "writeThing"                                 ; PUT /things/{id} is putThing
        , {"key": ["operate"]}                  ; ``                                           ; PUT /things/{id} is open to {"key":["operate"]}
        "open", "responses"                     ; "open", "security": [{"k": []}], "responses" ; GET /open is open to everybody
        "name": "limit"                         ; "name": "most"                               ; PUT /things/{id} query limit may be integer
        "in": "query"                           ; "in": "query", "required": true              ; PUT /things/{id} demands [path id, body]
        "maximum": 100                          ; "maximum": 50                                ; PUT /things/{id} query limit has the limits {"maximum":100}
        "204"                                   ; "202"                                        ; GET /open answers 204
        "maxLength": 10                         ; "maxLength": 9                               ; request Asked.name has the limits {"maxLength":10}
        "required": ["name"], "properties": {\\n     "name": {"type": "string" ; "required": ["kind", "name"], "properties": {\\n     "name": {"type": "string" ; request Asked demands [name]
        , "b"]                                  ; ]                                            ; request Asked.kind may be 'b'
        "kind":                                 ; "sort":                                      ; request Asked.kind may be string
        "items": {"type": "integer"}            ; "items": {"type": "string"}                  ; request Asked.many[] may be integer
        "required": ["name"], "properties": {\\n     "name": {"type": [ ; "properties": {\\n     "name": {"type": [ ; answer Given always has name
        ["string", "null"]                      ; ["string", "null", "integer"]                ; answer Given.name is nothing but {"type":["string","null"]}
        "off"]                                  ; "off", "idle"]                               ; answer Given.state is nothing but {"type":"string","enum":["on","off"]}
        "state":                                ; "status":                                    ; answer Given.state is nothing but {"type":"string","enum":["on","off"]}
        {"type": "string"}, {"type": "integer"} ; {"type": "string"}, {"type": "boolean"}      ; answer Given.either or is nothing but {"type":"integer"}
        {"type": "string"}, {"type": "integer"} ; {"type": "string"}, {"type": "integer"}, {}  ; answer Given.either is one of 2
        """)
    void whatBreaksACallerLosesALine(String piece, String instead, String lost) {
        String old = piece.replace("\\n", "\n");
        assertThat(BEFORE).contains(old);
        assertThat(promises(BEFORE)).contains(lost);
        assertThat(promises(BEFORE.replaceFirst(
                        Pattern.quote(old), Matcher.quoteReplacement(instead.replace("\\n", "\n")))))
                .doesNotContain(lost);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        "/open": {                        ; "/more": {"get": {"operationId": "more", "responses": {}}}, "/open": {
        [{"key": ["manage"]}              ; [{"key": ["publish"]}, {"key": ["manage"]}
        {"name": "limit"                  ; {"name": "from", "in": "query", "schema": {"type": "string"}}, {"name": "limit"
        "responses": {"200"               ; "responses": {"409": {}, "200"
        "enum": ["a", "b"]                ; "enum": ["a", "b", "c"]
        "kind":                           ; "new": {"type": "string"}, "kind":
        "state":                          ; "new": {"type": "string"}, "state":
        """)
    void whatOnlyAddsLosesNone(String piece, String instead) {
        assertThat(BEFORE).contains(piece);
        assertThat(promises(BEFORE.replace(piece, instead)))
                .containsAll(promises(BEFORE))
                .hasSizeGreaterThan(promises(BEFORE).size());
    }

    @Test
    void recordsMayGetFurtherKindsAndValuesButLoseNothing() {
        String before = """
            {"channels": {"deliveries": {"address": "carillon.email", "messages": {"Delivery": {"$ref": "#/components/messages/D"}}}},
             "components": {
               "messages": {"D": {"payload": {"oneOf": [{"$ref": "#/components/schemas/A"}]},
                                  "bindings": {"kafka": {"key": {"type": "string"}}}}},
               "schemas": {"A": {"type": "object", "required": ["kind"], "properties": {
                             "kind": {"const": "a"}, "level": {"type": "string", "enum": ["low"]}}},
                           "B": {"type": "object"}}}}\
            """;
        SortedSet<String> old = Promises.ofRecords(MAPPER.readTree(before));
        for (String[] added : new String[][] {
            {"[\"low\"]", "[\"low\", \"high\"]"},
            {
                "[{\"$ref\": \"#/components/schemas/A\"}]",
                "[{\"$ref\": \"#/components/schemas/A\"}, {\"$ref\": \"#/components/schemas/B\"}]"
            },
            {"\"level\":", "\"more\": {\"type\": \"string\"}, \"level\":"}
        }) {
            assertThat(Promises.ofRecords(MAPPER.readTree(before.replace(added[0], added[1]))))
                    .containsAll(old);
        }
        for (String[] lost : new String[][] {
            {"carillon.email", "carillon.mail"},
            {"\"Delivery\"", "\"Letter\""},
            {"\"key\": {\"type\": \"string\"}", "\"key\": {\"type\": \"integer\"}"},
            {"\"required\": [\"kind\"], ", ""},
            {"\"a\"", "\"b\""},
            {"\"level\"", "\"weight\""},
            {"[\"low\"]", "[\"high\"]"}
        }) {
            assertThat(before).contains(lost[0]);
            assertThat(Promises.ofRecords(MAPPER.readTree(before.replace(lost[0], lost[1])))
                            .containsAll(old))
                    .as(lost[1])
                    .isFalse();
        }
    }

    private static SortedSet<String> promises(String json) {
        JsonNode document = MAPPER.readTree(json);
        return Promises.ofCalls(document);
    }
}
