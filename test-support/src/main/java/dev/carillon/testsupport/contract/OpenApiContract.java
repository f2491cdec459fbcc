package dev.carillon.testsupport.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the OpenAPI document promises, and where an exchange breaks it. */
final class OpenApiContract {
    private static final String JSON = "application/json";
    private static final int ACCEPTED = 202;
    private static final int MULTI_STATUS = 207;

    private final SchemaCheck schemas;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, JsonNode> responses = new HashMap<>();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    /** One operation. */
    private record Call(String method, Pattern path, int variables, JsonNode operation) {
        String id() {
            return operation.path("operationId").stringValue();
        }
    }

    OpenApiContract(JsonNode document) {
        schemas = new SchemaCheck(document);
        document.path("components")
                .path("responses")
                .properties()
                .forEach(entry -> responses.put(entry.getKey(), entry.getValue()));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(
                                operation -> calls.add(call(operation.getKey(), path.getKey(), operation.getValue()))));
        calls.sort(Comparator.comparingInt(Call::variables));
    }

    private static Call call(String method, String path, JsonNode operation) {
        Pattern pattern = Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+"));
        int variables = path.length() - path.replace("{", "").length();
        return new Call(method.toUpperCase(Locale.ROOT), pattern, variables, operation);
    }

    /** Ids of the operations that succeeded at least once. */
    Set<String> tried() {
        return tried;
    }

    /** What is against the document; empty where nothing is. */
    List<String> check(Exchange exchange) {
        Optional<Call> found = find(exchange.method(), exchange.path());
        if (found.isEmpty()) {
            return exchange.isSuccess() ? List.of(line(exchange, "is not in the document")) : List.of();
        }
        Call call = found.get();
        List<String> problems = new ArrayList<>();
        answer(call, exchange).ifPresent(problems::add);
        if (exchange.isSuccess()) {
            tried.add(call.id());
            request(call, exchange).ifPresent(problems::add);
            parameters(call, exchange, problems);
        }
        return problems.stream().map(problem -> line(exchange, problem)).toList();
    }

    /** The same where only the status is known. */
    List<String> checkStatus(String method, String path, int status) {
        Optional<Call> found = find(method, path);
        boolean success = status == 101 || status == 200;
        if (success && found.isPresent()) {
            tried.add(found.get().id());
        }
        return success && found.isEmpty() ? List.of(method + " " + path + ": is not in the document") : List.of();
    }

    private Optional<Call> find(String method, String path) {
        return calls.stream()
                .filter(call ->
                        call.method.equals(method) && call.path.matcher(path).matches())
                .findFirst();
    }

    private Optional<String> answer(Call call, Exchange exchange) {
        JsonNode all = call.operation.path("responses");
        JsonNode answer = all.path(Integer.toString(exchange.status()));
        if (answer.isMissingNode() && exchange.status() >= 400) {
            answer = all.path("default");
        }
        if (answer.isMissingNode()) {
            return Optional.of("has an answer that the document does not have");
        }
        JsonNode content = resolve(answer).path("content");
        if (content.isEmpty()) {
            return exchange.responseBody().length == 0
                    ? Optional.empty()
                    : Optional.of("is answered with a body that the document does not have");
        }
        return body("answer", content, exchange.responseType(), exchange.responseBody(), false);
    }

    private JsonNode resolve(JsonNode answer) {
        String reference = answer.path("$ref").asString("");
        return reference.isEmpty()
                ? answer
                : responses.getOrDefault(reference.substring(reference.lastIndexOf('/') + 1), answer);
    }

    /** What was accepted must be what the document says is taken. */
    private Optional<String> request(Call call, Exchange exchange) {
        JsonNode body = call.operation.path("requestBody");
        if (exchange.requestBody().length == 0) {
            return body.path("required").asBoolean(false)
                    ? Optional.of("succeeds without the body that the document demands")
                    : Optional.empty();
        }
        JsonNode content = body.path("content");
        if (content.isEmpty()) {
            return Optional.empty();
        }
        return exchange.status() == MULTI_STATUS
                ? acceptedItems(content.path(String.valueOf(exchange.requestType())), exchange)
                : body("request", content, exchange.requestType(), exchange.requestBody(), true);
    }

    /** Of an array those that were accepted; the others may be anything. */
    private Optional<String> acceptedItems(JsonNode media, Exchange exchange) {
        JsonNode schema = media.path("schema");
        JsonNode item = Stream.concat(Stream.of(schema), schema.path("oneOf").valueStream())
                .map(one -> one.path("items"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(null);
        if (item == null) {
            return Optional.of("takes an array, which the document does not have, as " + exchange.requestType());
        }
        JsonNode sent = SchemaCheck.read(exchange.requestBody());
        JsonNode results = SchemaCheck.read(exchange.responseBody()).path("results");
        return IntStream.range(0, results.size())
                .filter(i -> results.path(i).path("status").asInt(0) == ACCEPTED)
                .mapToObj(
                        i -> schemas.problemOfPart(item, sent.path(i)).map(problem -> "request[" + i + "]: " + problem))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> body(
            String which, JsonNode content, @Nullable String type, byte[] bytes, boolean lenient) {
        JsonNode media = content.path(String.valueOf(type));
        if (media.isMissingNode()) {
            media = content.path("*/*");
        }
        if (media.isMissingNode()) {
            return Optional.of("has the " + which + " type " + type);
        }
        boolean json = type != null && (type.equals(JSON) || type.endsWith("+json")) && media.has("schema");
        return json
                ? schemas.problem(media.path("schema"), bytes, lenient).map(problem -> which + ": " + problem)
                : Optional.empty();
    }

    private void parameters(Call call, Exchange exchange, List<String> problems) {
        Map<String, JsonNode> known = new HashMap<>();
        for (JsonNode parameter : call.operation.path("parameters")) {
            if (parameter.path("in").stringValue().equals("query")) {
                known.put(parameter.path("name").stringValue(), parameter);
                if (parameter.path("required").asBoolean(false)
                        && !exchange.parameters()
                                .containsKey(parameter.path("name").stringValue())) {
                    problems.add("succeeds without the parameter "
                            + parameter.path("name").stringValue());
                }
            }
        }
        exchange.parameters().forEach((name, values) -> {
            JsonNode parameter = known.get(name);
            if (parameter == null) {
                problems.add("succeeds with the parameter " + name + ", which the document does not have");
            } else {
                schemas.parameter(parameter.path("schema"), values)
                        .ifPresent(problem -> problems.add(name + ": " + problem));
            }
        });
    }

    private static String line(Exchange exchange, String problem) {
        return exchange.method() + " " + exchange.path() + " " + exchange.status() + ": " + problem;
    }
}
