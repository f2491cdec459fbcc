package dev.carillon.standalone.docs;

import dev.carillon.platform.startup.ConfigurationAliases;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/configuration.md}, made of the metadata that the configuration records compile to. */
final class ConfigurationPage {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String PREFIX = "carillon.";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ConfigurationPage() {}

    static String render() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Generated from the code by the build; do not edit. Every setting can be given as a property
                (`--carillon.topics.partitions=24`), as an environment variable (`CARILLON_TOPICS_PARTITIONS=24`) or in
                an `application.yml` beside the jar. Broker and database are Spring Boot's own settings:
                `spring.kafka.bootstrap-servers`, `spring.datasource.url`, `spring.datasource.username`,
                `spring.datasource.password`; the HTTP port and address are `server.port` and `server.address`.
                """);
        properties().forEach((section, properties) -> {
            page.append("\n## `").append(section).append("`\n\n| setting | default | meaning |\n|---|---|---|\n");
            properties.values().forEach(property -> page.append(row(property)));
        });
        page.append("""

                ## Names that people know from other systems

                These environment variables work as well.

                | environment variable | setting |
                |---|---|
                """);
        new TreeMap<>(ConfigurationAliases.all())
                .forEach((alias, property) -> page.append("| `")
                        .append(alias)
                        .append("` | `")
                        .append(property)
                        .append("` |\n"));
        return page.toString();
    }

    private static Map<String, Map<String, JsonNode>> properties() throws IOException {
        Map<String, Map<String, JsonNode>> sections = new TreeMap<>();
        for (URL url : Collections.list(ConfigurationPage.class.getClassLoader().getResources(METADATA))) {
            try (InputStream in = url.openStream()) {
                for (JsonNode property : JSON.readTree(in).path("properties")) {
                    String name = property.path("name").asString();
                    if (name.startsWith(PREFIX)) {
                        String section = name.substring(0, name.lastIndexOf('.'));
                        sections.computeIfAbsent(section, s -> new TreeMap<>()).put(name, property);
                    }
                }
            }
        }
        return sections;
    }

    private static String row(JsonNode property) {
        return "| `" + property.path("name").asString() + "` | " + value(property.path("defaultValue")) + " | "
                + text(property.path("description").asString("")) + " |\n";
    }

    private static String value(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        String text = value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
                : value.asString();
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String text(String description) {
        return description
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|");
    }
}
