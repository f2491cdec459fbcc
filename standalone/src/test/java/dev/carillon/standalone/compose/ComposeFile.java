package dev.carillon.standalone.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** The parsed docker-compose.yml of the repository. */
record ComposeFile(Map<String, Object> root) {

    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    static ComposeFile read() throws IOException {
        return new ComposeFile(new Yaml().load(Files.readString(REPOSITORY.resolve("docker-compose.yml"))));
    }

    Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new TreeMap<>();
        map(root, "services").forEach((name, value) -> services.put(name, cast(value)));
        return services;
    }

    /** Those that are built from this repository. */
    Map<String, Map<String, Object>> ours() {
        Map<String, Map<String, Object>> ours = services();
        ours.values().removeIf(service -> !service.containsKey("build"));
        return ours;
    }

    static Map<String, Object> map(Map<String, Object> parent, String key) {
        Object value = parent.get(key);
        return value == null ? Map.of() : cast(value);
    }

    static List<String> list(Map<String, Object> parent, String key) {
        return parent.get(key) instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }
}
