package dev.carillon.email.smtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who takes which mail, by name and free of contradictions.
 *
 * @param relays settings by name, the default one's under {@value #DEFAULT}
 * @param byType name of the relay that takes a type's mails
 * @param byCategory likewise
 */
record RelayPlan(Map<String, RelaySettings> relays, Map<String, String> byType, Map<String, String> byCategory) {
    static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** @throws IllegalArgumentException naming the setting and the rule that it breaks */
    static RelayPlan of(RelaySettings standard, Map<String, RelaySettings> named) {
        standard.check(RelaySettings.DEFAULT_NAME);
        require(
                standard.isConfigured() || named.isEmpty(),
                RelaySettings.DEFAULT_NAME + ".host is not set, and carillon.email.relays needs it: the default relay"
                        + " takes what no other names");
        require(
                standard.types().isEmpty() && standard.categories().isEmpty(),
                RelaySettings.DEFAULT_NAME + ".types and .categories must be empty: the default relay takes what no"
                        + " other names");
        Map<String, RelaySettings> all = new TreeMap<>();
        named.forEach((name, relay) -> all.put(name, checked(name, relay)));
        Map<String, String> byType = owners(all, "types", RelaySettings::types);
        Map<String, String> byCategory = owners(all, "categories", RelaySettings::categories);
        all.put(DEFAULT, standard);
        all.forEach((name, relay) -> checkFailOver(name, relay, all));
        return new RelayPlan(all, byType, byCategory);
    }

    private static RelaySettings checked(String name, RelaySettings relay) {
        String setting = RelaysSettings.PREFIX + name;
        require(
                NAME.matcher(name).matches() && !name.equals(DEFAULT),
                setting + " has a name that is not of 1 to 32 small letters, digits and hyphens, or is " + DEFAULT);
        require(relay.isConfigured(), setting + ".host is not set");
        return relay.check(setting);
    }

    private static Map<String, String> owners(
            Map<String, RelaySettings> all, String list, Function<RelaySettings, List<String>> of) {
        Map<String, String> owners = new HashMap<>();
        all.forEach((name, relay) -> of.apply(relay).forEach(taken -> {
            String before = owners.put(taken, name);
            require(
                    before == null,
                    RelaysSettings.PREFIX + name + "." + list + " names " + taken + ", which " + RelaysSettings.PREFIX
                            + before + "." + list + " names too");
        }));
        return owners;
    }

    private static void checkFailOver(String name, RelaySettings relay, Map<String, RelaySettings> all) {
        List<String> seen = new ArrayList<>(List.of(name));
        String setting = settingOf(name) + ".fail-over";
        for (String other : relay.failOver()) {
            require(
                    all.containsKey(other),
                    setting + " names " + other + ", which is no relay; there are " + all.keySet());
            require(!seen.contains(other), setting + " names " + other + " twice, or the relay itself");
            seen.add(other);
        }
    }

    /** The property that a relay's settings stand under. */
    static String settingOf(String name) {
        return name.equals(DEFAULT) ? RelaySettings.DEFAULT_NAME : RelaysSettings.PREFIX + name;
    }

    /** The relay of a mail, which its type chooses before its category. */
    String relayOf(@Nullable String type, @Nullable String category) {
        String ofCategory = category == null ? DEFAULT : byCategory.getOrDefault(category, DEFAULT);
        return type == null ? ofCategory : byType.getOrDefault(type, ofCategory);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
