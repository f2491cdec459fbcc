package dev.carillon.ingest.webhook;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.OutcomeState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which outcomes an endpoint wants to hear of.
 *
 * @param outcomes at least one
 * @param channels empty means every one, as for types and categories
 */
record Filter(Set<OutcomeState> outcomes, Set<Channel> channels, Set<String> types, Set<String> categories) {

    Filter {
        outcomes = Set.copyOf(outcomes);
        channels = Set.copyOf(channels);
        types = Set.copyOf(types);
        categories = Set.copyOf(categories);
    }

    /** @param category of the type; null where it has none or the catalogue no longer knows it */
    boolean wants(OutcomeState outcome, Channel channel, @Nullable String type, @Nullable String category) {
        return outcomes.contains(outcome)
                && (channels.isEmpty() || channels.contains(channel))
                && isIn(types, type)
                && isIn(categories, category);
    }

    private static boolean isIn(Set<String> wanted, @Nullable String name) {
        return wanted.isEmpty() || (name != null && wanted.contains(name));
    }
}
