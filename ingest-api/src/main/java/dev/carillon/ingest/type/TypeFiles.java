package dev.carillon.ingest.type;

import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.FieldError;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.type.NotificationType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;

/**
 * Types in YAML files: under {@code types}, each type's document by its name. The documents are those of REST.
 *
 * <pre>
 * types:
 *   invoice.paid:
 *     category: billing
 *     channels: [inapp, email]
 * </pre>
 */
final class TypeFiles {
    private TypeFiles() {}

    /**
     * Reads every file that one of the patterns matches, as {@code file:/etc/carillon/types/*.yaml}.
     *
     * @throws IllegalStateException with the file and the field where one of them is invalid
     */
    static List<NotificationType> read(List<String> patterns) {
        Map<String, NotificationType> types = new LinkedHashMap<>();
        for (Resource file : files(patterns)) {
            for (NotificationType type : read(file)) {
                if (types.put(type.name(), type) != null) {
                    throw new IllegalStateException(file.getDescription() + ": the type " + type.name()
                            + " is defined a second time; each type may be defined once");
                }
            }
        }
        return List.copyOf(types.values());
    }

    private static List<Resource> files(List<String> patterns) {
        List<Resource> files = new ArrayList<>();
        for (String pattern : patterns) {
            try {
                files.addAll(List.of(new PathMatchingResourcePatternResolver().getResources(pattern)));
            } catch (IOException e) {
                throw new IllegalStateException("no files of types can be read from " + pattern, e);
            }
        }
        return files;
    }

    private static List<NotificationType> read(Resource file) {
        JsonNode document = load(file);
        JsonNode named = document.get("types");
        if (named == null || !named.isObject() || document.size() != 1) {
            throw new IllegalStateException(
                    file.getDescription() + ": expected one field, types, with each type's document by its name");
        }
        List<NotificationType> types = new ArrayList<>();
        Violations violations = new Violations();
        named.properties().forEach(entry -> {
            String path = "types." + entry.getKey();
            if (!TypeName.isValid(entry.getKey())) {
                violations.add(path, "format", TypeName.RULE);
                return;
            }
            NotificationType type = TypeReader.read(entry.getKey(), entry.getValue(), path, violations);
            if (type != null) {
                types.add(type);
            }
        });
        if (!violations.isEmpty()) {
            FieldError first = violations.errors().getFirst();
            throw new IllegalStateException(file.getDescription() + ": " + first.field() + " " + first.message());
        }
        return types;
    }

    private static JsonNode load(Resource file) {
        try (InputStream in = file.getInputStream()) {
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            return Json.mapper().valueToTree(new Yaml(new SafeConstructor(strict)).load(in));
        } catch (IOException | YAMLException e) {
            throw new IllegalStateException(file.getDescription() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
