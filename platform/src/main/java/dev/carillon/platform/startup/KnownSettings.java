package dev.carillon.platform.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names of all settings of ours that the class path describes.
 *
 * @param names as documents write them
 * @param parents names, in their plain spelling, whose settings have further names below: maps and lists
 * @param records for maps whose values are records, by the map's plain name: what may stand below an entry, as documents
 *     write it
 */
record KnownSettings(Set<String> names, Set<String> parents, Map<String, Set<String>> records) {
    static final String PREFIX = "carillon.";

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    /** Not for operators, and so in no document. */
    private static final String TEST_CLOCK = "carillon.clock.test-secret";

    static KnownSettings of(ClassLoader classPath) {
        Set<String> names = new TreeSet<>(Set.of(TEST_CLOCK));
        Set<String> parents = new HashSet<>();
        Map<String, Set<String>> records = new HashMap<>();
        try {
            for (URL url : Collections.list(classPath.getResources(METADATA))) {
                read(url).forEach(property -> {
                    String name = property.path("name").asString("");
                    if (name.startsWith(PREFIX)) {
                        names.add(name);
                        String type = property.path("type").asString("");
                        if (type.startsWith("java.util.") || type.endsWith("[]")) {
                            parents.add(plain(name));
                            Set<String> below = EntryNames.of(type, classPath);
                            if (!below.isEmpty()) {
                                records.put(plain(name), below);
                            }
                        }
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the descriptions of settings cannot be read", e);
        }
        return new KnownSettings(names, parents, records);
    }

    /** Most files of the class path describe nothing of ours and are large: these are not parsed. */
    private static Collection<JsonNode> read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.contains('"' + PREFIX)
                    ? JsonMapper.shared().readTree(text).path("properties").values()
                    : Set.of();
        }
    }

    /** Whether {@code name} is a setting, in any spelling that Spring Boot binds. */
    boolean has(String name) {
        String plain = plain(name);
        return names.stream().anyMatch(known -> plain(known).equals(plain))
                || parents.stream().anyMatch(parent -> isBelow(plain, parent) && isOfEntry(plain, parent));
    }

    private static boolean isBelow(String plain, String parent) {
        return plain.startsWith(parent + ".") || plain.startsWith(parent + "[");
    }

    /** Where the values of a map are records: whether they have such a component. */
    private boolean isOfEntry(String plain, String parent) {
        Set<String> below = records.get(parent);
        if (below == null) {
            return true;
        }
        String entry = plain.substring(parent.length());
        int end = entry.startsWith("[") ? entry.indexOf(']') + 1 : entry.indexOf('.', 1);
        if (end <= 0 || end == entry.length()) {
            return false;
        }
        String rest = entry.substring(end + 1);
        return below.stream()
                .map(KnownSettings::plain)
                .anyMatch(name -> rest.equals(name) || rest.startsWith(name + "[") || rest.startsWith(name + "."));
    }

    /** What {@code name} may have been meant to be: all settings, or those of its entry in a map. */
    Set<String> candidates(String name) {
        String plain = plain(name);
        for (Map.Entry<String, Set<String>> map : records.entrySet()) {
            if (isBelow(plain, map.getKey())) {
                String entry = name.substring(0, name.lastIndexOf('.') + 1);
                return map.getValue().stream().map(below -> entry + below).collect(Collectors.toSet());
            }
        }
        return names;
    }

    /** Whether any setting stands in the same section, as {@code carillon.push}. */
    boolean hasSection(String section) {
        return names.stream().anyMatch(known -> known.startsWith(PREFIX + section + "."));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
