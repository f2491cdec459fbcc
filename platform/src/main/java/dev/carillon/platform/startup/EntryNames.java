package dev.carillon.platform.startup;

import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The names of settings that stand below each entry of a map whose values are records of ours. */
final class EntryNames {
    private static final Pattern MAP_OF_OURS =
            Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(dev\\.carillon\\.[\\w.$]+)>");

    private EntryNames() {}

    /**
     * Empty where the entries are no records.
     *
     * @param type of the setting, as its description has it
     */
    static Set<String> of(String type, ClassLoader classPath) {
        Set<String> names = new TreeSet<>();
        Matcher map = MAP_OF_OURS.matcher(type);
        if (map.matches()) {
            try {
                collect(Class.forName(map.group(1), false, classPath), "", names);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("a setting is described, but its class is missing", e);
            }
        }
        return names;
    }

    private static void collect(Class<?> type, String prefix, Set<String> names) {
        if (!type.isRecord()) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(component.getType(), name + ".", names);
            } else {
                names.add(name);
            }
        }
    }

    private static String dashed(String component) {
        return ConfigurationPropertyName.adapt(component.replaceAll("([A-Z])", "-$1"), '.')
                .toString();
    }
}
