package dev.carillon.ingest.type;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the channels that a type tries one after the other. Each is tried once, so they cannot go in a circle; and each
 * is one of the type's channels.
 */
final class StepsReader {
    private static final Set<String> KNOWN = Set.of("channel", "after", "condition");
    private static final int MOST = Channel.values().length;

    private StepsReader() {}

    static List<Step> steps(Fields policies, Set<Channel> channels) {
        Set<Channel> ofType = channels.isEmpty() ? Set.of(Channel.INAPP) : channels;
        Set<Channel> met = EnumSet.noneOf(Channel.class);
        List<Step> steps =
                policies.list("steps", MOST, (node, path, violations) -> step(node, path, ofType, met, violations));
        Duration total =
                steps.stream().map(Step::after).filter(Objects::nonNull).reduce(Duration.ZERO, Duration::plus);
        if (total.compareTo(Step.LONGEST_WAIT) > 0) {
            policies.refuse("steps", "range", "may wait at most " + Step.LONGEST_WAIT.toDays() + " days altogether");
        }
        if (steps.size() == 1 && steps.getFirst().after() == null) {
            policies.refuse("steps", "pointless", "one step that does not wait is what channels says already");
        }
        return steps;
    }

    private static @Nullable Step step(
            JsonNode node, String path, Set<Channel> ofType, Set<Channel> met, Violations violations) {
        Fields fields = Fields.of(node, path, KNOWN, violations);
        if (fields == null) {
            return null;
        }
        Duration after = fields.duration("after", Step.LONGEST_WAIT);
        String condition = ConditionReader.condition(fields, "condition");
        Channel channel = fields.oneOf("channel", TypeReader.CHANNELS);
        if (channel == null) {
            if (!fields.has("channel")) {
                fields.refuse("channel", "required", "is required");
            }
            return null;
        }
        if (!met.add(channel)) {
            fields.refuse("channel", "cycle", "is a step already: a channel is tried once");
        }
        if (!ofType.contains(channel)) {
            fields.refuse("channel", "allowed_values", "must be one of the type's channels");
        }
        return new Step(channel, after, condition);
    }
}
