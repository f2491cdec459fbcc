package dev.carillon.ingest.type;

import dev.carillon.ingest.document.Fields;
import dev.carillon.platform.condition.ConditionProblem;
import dev.carillon.platform.condition.ConditionSyntax;
import dev.carillon.schemas.Channel;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads conditions; one that does not parse is refused with its line and column. */
final class ConditionReader {
    private ConditionReader() {}

    /** The conditions of channels, by channel. */
    static Map<Channel, String> ofChannels(Fields policies) {
        Map<Channel, String> conditions = new EnumMap<>(Channel.class);
        Fields byChannel = policies.object("conditions", TypeReader.CHANNELS.keySet());
        if (byChannel != null) {
            TypeReader.CHANNELS.forEach((name, channel) -> {
                String condition = condition(byChannel, name);
                if (condition != null) {
                    conditions.put(channel, condition);
                }
            });
        }
        return conditions;
    }

    static @Nullable String condition(Fields fields, String name) {
        String text = fields.text(name, ConditionSyntax.MOST_CHARACTERS);
        ConditionProblem problem = text == null ? null : ConditionSyntax.check(text);
        if (problem != null) {
            fields.refuse(name, "condition", problem.toString());
            return null;
        }
        return text;
    }
}
