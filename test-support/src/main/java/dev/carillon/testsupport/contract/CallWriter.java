package dev.carillon.testsupport.contract;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one operation of the OpenAPI document. */
final class CallWriter {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final String PROBLEM = "Problem";

    private final JsonNode call;
    private final ObjectNode operation = JsonNodeFactory.instance.objectNode();

    private CallWriter(JsonNode call) {
        this.call = call;
    }

    /** @param line its methods and its path */
    static ObjectNode write(String method, String[] line, JsonNode call, JsonNode part) {
        CallWriter writer = new CallWriter(call);
        String id = call.path("id").stringValue();
        boolean first = line[0].startsWith(method);
        writer.operation
                .put("operationId", first ? id : id + "By" + method)
                .put("summary", call.path("summary").stringValue());
        if (call.has("about")) {
            writer.operation.put("description", call.path("about").stringValue().strip());
        }
        writer.operation.putArray("tags").add(part.path("tag").stringValue());
        writer.security();
        writer.parameters(line[1], part.path("query"));
        writer.body();
        writer.answers();
        return writer.operation;
    }

    private void security() {
        ArrayNode ways = operation.putArray("security");
        String who = call.path("who").stringValue();
        switch (who) {
            case "everybody" -> {}
            case "look" -> List.of("publish", "manage", "operate").forEach(scope -> key(ways, scope));
            case "user" -> ways.addObject().putArray("endUser");
            case "operator" -> ways.addObject().putArray("operator");
            case "stream", "socket" -> {
                ways.addObject().putArray("endUser");
                ways.addObject().putArray("ticket");
                if (who.equals("socket")) {
                    ways.addObject();
                }
            }
            default -> key(ways, who);
        }
    }

    private static void key(ArrayNode ways, String scope) {
        ways.addObject().putArray("apiKey").add(scope);
    }

    private void parameters(String path, JsonNode shared) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        VARIABLE.matcher(path).results().forEach(found -> parameter(parameters, found.group(1), "path", "text!"));
        call.path("query").properties().forEach(one -> parameter(parameters, one.getKey(), "query", one.getValue()));
        shared.properties().forEach(one -> parameter(parameters, one.getKey(), "query", one.getValue()));
        call.path("headers").properties().forEach(one -> parameter(parameters, one.getKey(), "header", one.getValue()));
        if (call.path("versioned").asBoolean(false)) {
            parameter(parameters, "If-Match", "header", "text | Depends on this version: the entity tag, or *.");
            parameter(parameters, "If-None-Match", "header", "text | `*`: depends on none being there.");
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    private static void parameter(ArrayNode parameters, String name, String in, String schema) {
        parameter(parameters, name, in, JsonNodeFactory.instance.stringNode(schema));
    }

    private static void parameter(ArrayNode parameters, String name, String in, JsonNode source) {
        ShortSchema read = ShortSchema.of(source);
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
        JsonNode description = read.schema().remove("description");
        if (description != null) {
            parameter.set("description", description);
        }
        if (read.required()) {
            parameter.put("required", true);
        }
        parameter.set("schema", read.schema());
    }

    private void body() {
        JsonNode body = call.path("body");
        if (body.isMissingNode()) {
            return;
        }
        ObjectNode written = operation.putObject("requestBody");
        written.put("required", !call.path("body_optional").asBoolean(false));
        ObjectNode content = written.putObject("content");
        if (body.isString()) {
            content.putObject("application/json")
                    .set("schema", ShortSchema.of(body).schema());
        } else {
            body.properties()
                    .forEach(type -> content.putObject(type.getKey())
                            .set("schema", ShortSchema.of(type.getValue()).schema()));
        }
        if (call.has("example")) {
            ((ObjectNode) content.path("application/json")).set("example", call.path("example"));
        }
    }

    private void answers() {
        ObjectNode answers = operation.putObject("responses");
        call.path("answers").properties().forEach(answer -> answer(answers, answer.getKey(), answer.getValue()));
        boolean key = operation.path("security").path(0).has("apiKey");
        if (!call.path("who").stringValue().equals("everybody")) {
            problem(answers, "401");
        }
        if (key) {
            problem(answers, "403");
            problem(answers, "429");
        }
        problem(answers, "default");
    }

    private void answer(ObjectNode answers, String status, JsonNode what) {
        if (what.isString() && what.stringValue().equals(PROBLEM)) {
            problem(answers, status);
            return;
        }
        ObjectNode answer = answers.putObject(status).put("description", AnswerWords.of(status));
        if (what.isNull()) {
            return;
        }
        ObjectNode content = answer.putObject("content");
        switch (what.stringValue()) {
            case "html" -> content.putObject("text/html").putObject("schema").put("type", "string");
            case "gif" -> content.putObject("image/gif");
            case "sse" ->
                content.putObject("text/event-stream").putObject("schema").put("type", "string");
            default ->
                content.putObject("application/json")
                        .set("schema", ShortSchema.of(what).schema());
        }
        if (call.path("versioned").asBoolean(false)) {
            answer.putObject("headers").putObject("ETag").putObject("schema").put("type", "string");
        }
    }

    private static void problem(ObjectNode answers, String status) {
        if (!answers.has(status)) {
            answers.putObject(status).put("$ref", "#/components/responses/" + AnswerWords.problem(status));
        }
    }
}
