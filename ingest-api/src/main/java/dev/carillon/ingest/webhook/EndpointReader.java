package dev.carillon.ingest.webhook;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Texts;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.ingest.webhook.Endpoint.Wanted;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.ForbiddenEndpoint;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.OutcomeState;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of an endpoint, and of what is done with one. */
final class EndpointReader {
    private static final Set<String> KNOWN =
            Set.of("url", "description", "outcomes", "channels", "types", "categories", "enabled");
    private static final Map<String, OutcomeState> OUTCOMES = Vocabulary.named(OutcomeState.values());
    private static final Map<String, Channel> CHANNELS = channels();
    private static final int MAX_DESCRIPTION = 200;
    private static final int MAX_NAMES = 100;
    private static final int MAX_NAME = 128;
    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration MAX_OVERLAP = Duration.ofDays(30);

    private final EndpointPolicy policy;

    EndpointReader(EndpointPolicy policy) {
        this.policy = policy;
    }

    Wanted read(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, KNOWN, violations);
        String url = fields.requiredLabel("url", EndpointPolicy.LONGEST);
        if (!url.isEmpty()) {
            checkUrl(fields, url);
        }
        Filter filter = new Filter(
                set(fields, "outcomes", one(OUTCOMES)),
                set(fields, "channels", one(CHANNELS)),
                set(fields, "types", EndpointReader::name),
                set(fields, "categories", EndpointReader::name));
        if (filter.outcomes().isEmpty()) {
            fields.refuse("outcomes", "required", "must name at least one of " + String.join(", ", OUTCOMES.keySet()));
        }
        Wanted wanted =
                new Wanted(url, fields.label("description", MAX_DESCRIPTION), filter, fields.flag("enabled", true));
        violations.refuseIfAny();
        return wanted;
    }

    /** For how long the old secret stays valid beside a new one. */
    static Duration overlap(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, Set.of("overlap"), violations);
        Duration overlap = fields.duration("overlap", MAX_OVERLAP);
        violations.refuseIfAny();
        return overlap == null ? OVERLAP : overlap;
    }

    private void checkUrl(Fields fields, String url) {
        try {
            policy.check(url);
        } catch (ForbiddenEndpoint e) {
            fields.refuse("url", "allowed_values", String.valueOf(e.getMessage()));
        }
    }

    private static <T> Set<T> set(Fields fields, String name, Function<String, T> parse) {
        List<T> items = fields.texts(name, MAX_NAMES, parse);
        return new HashSet<>(items);
    }

    private static <T> Function<String, T> one(Map<String, T> words) {
        return word -> {
            T value = words.get(word);
            if (value == null) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", words.keySet()));
            }
            return value;
        };
    }

    private static String name(String text) {
        String problem = Texts.labelProblem(text);
        if (text.isBlank() || text.length() > MAX_NAME || problem != null) {
            throw new IllegalArgumentException(
                    problem == null ? "must be a name of at most " + MAX_NAME + " characters" : problem);
        }
        return text;
    }

    private static Map<String, Channel> channels() {
        return java.util.Arrays.stream(Channel.values())
                .collect(Collectors.toMap(Channel::code, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }
}
