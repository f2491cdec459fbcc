package dev.carillon.platform.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names of all settings of ours that the class path describes.
 *
 * @param names as documents write them
 * @param parents names, in their plain spelling, whose settings have further names below: maps and lists
 */
record KnownSettings(Set<String> names, Set<String> parents) {
    static final String PREFIX = "carillon.";

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    /** Not for operators, and so in no document. */
    private static final String TEST_CLOCK = "carillon.clock.test-secret";

    static KnownSettings of(ClassLoader classPath) {
        Set<String> names = new TreeSet<>(Set.of(TEST_CLOCK));
        Set<String> parents = new HashSet<>();
        try {
            for (URL url : Collections.list(classPath.getResources(METADATA))) {
                read(url).forEach(property -> {
                    String name = property.path("name").asString("");
                    if (name.startsWith(PREFIX)) {
                        names.add(name);
                        String type = property.path("type").asString("");
                        if (type.startsWith("java.util.") || type.endsWith("[]")) {
                            parents.add(plain(name));
                        }
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the descriptions of settings cannot be read", e);
        }
        return new KnownSettings(names, parents);
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
                || parents.stream()
                        .anyMatch(parent -> plain.startsWith(parent + ".") || plain.startsWith(parent + "["));
    }

    /** Whether any setting stands in the same section, as {@code carillon.push}. */
    boolean hasSection(String section) {
        return names.stream().anyMatch(known -> known.startsWith(PREFIX + section + "."));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
