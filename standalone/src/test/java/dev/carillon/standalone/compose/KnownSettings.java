package dev.carillon.standalone.compose;

import dev.carillon.platform.startup.ConfigurationAliases;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The environment variables that Spring Boot binds to a setting of ours or of its own, and the aliases. */
record KnownSettings(Set<String> environment) {

    static KnownSettings ofClassPath() {
        Set<String> names = new TreeSet<>(ConfigurationAliases.all().keySet());
        try {
            ClassLoader loader = KnownSettings.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream in = url.openStream()) {
                    for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                        String name = property.path("name").asString();
                        names.add(variable(name.replace("-", "")));
                        names.add(variable(name.replace('-', '_')));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KnownSettings(names);
    }

    private static String variable(String property) {
        return property.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
