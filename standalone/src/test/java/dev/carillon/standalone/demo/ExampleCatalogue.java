package dev.carillon.standalone.demo;

import dev.carillon.schemas.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * Types of an example and the script that sends events of them.
 *
 * @param events what the script sends, in its order
 */
record ExampleCatalogue(Map<String, JsonNode> types, List<JsonNode> events, Path script) {
    private static final Pattern EVENT = Pattern.compile("^send '([^']+)'", Pattern.MULTILINE);
    private static final Pattern ICON = Pattern.compile("^  (\\w+): ?['\"]", Pattern.MULTILINE);

    static ExampleCatalogue read(String name) throws IOException {
        Path script =
                Path.of("..", "docs", "examples", name + ".sh").toAbsolutePath().normalize();
        JsonNode file = Json.mapper()
                .valueToTree(new Yaml().load(Files.readString(Path.of("src/main/resources/types", name + ".yaml"))));
        Map<String, JsonNode> types = new TreeMap<>();
        file.path("types").properties().forEach(type -> types.put(type.getKey(), type.getValue()));
        List<JsonNode> events = EVENT.matcher(Files.readString(script))
                .results()
                .map(found -> Json.mapper().readTree(found.group(1)))
                .toList();
        return new ExampleCatalogue(types, events, script);
    }

    /** Names of the types, in the order of the script. */
    List<String> sent() {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }

    /** The one event of that type. */
    JsonNode event(String type) {
        return events.stream()
                .filter(event -> event.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Those that the browser client draws. */
    static Set<String> icons() throws IOException {
        Set<String> icons = new TreeSet<>();
        for (String file : new String[] {"icons.js", "type-icons.js"}) {
            Path path = Path.of("..", "inapp-worker", "src/main/resources/client", file);
            ICON.matcher(Files.readString(path)).results().forEach(found -> icons.add(found.group(1)));
        }
        return icons;
    }

    /** Runs the script as it stands against {@code origin}, which is only asked what would become of the events. */
    String explaining(String origin) {
        return "CARILLON=" + origin + " EXPLAIN=/explain sh '" + script + "'";
    }
}
