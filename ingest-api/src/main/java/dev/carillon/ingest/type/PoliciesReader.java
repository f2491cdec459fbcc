package dev.carillon.ingest.type;

import dev.carillon.ingest.document.Fields;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.Policies;
import java.util.Set;

/** Reads how a type's notifications wait, and what they need. */
final class PoliciesReader {
    private static final Set<String> KNOWN = Set.of("steps", "conditions");

    private PoliciesReader() {}

    /** @param channels where the type goes; empty means in-app */
    static Policies read(Fields type, Set<Channel> channels) {
        Fields fields = type.object("policies", KNOWN);
        return fields == null
                ? Policies.none()
                : Policies.none()
                        .withSteps(StepsReader.steps(fields, channels))
                        .withConditions(ConditionReader.ofChannels(fields));
    }
}
