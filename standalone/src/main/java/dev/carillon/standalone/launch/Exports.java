package dev.carillon.standalone.launch;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Settings as a shell takes them, which is how {@code carillon servers} says where its servers are. */
public final class Exports {
    private Exports() {}

    /** One line for each property, ordered by name. */
    public static String of(Map<String, ?> properties) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(properties)
                .forEach((name, value) -> lines.append("export ")
                        .append(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'))
                        .append('=')
                        .append(quoted(String.valueOf(value)))
                        .append('\n'));
        return lines.toString();
    }

    /** Within single quotes a shell reads everything as it stands, but for these quotes themselves. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
