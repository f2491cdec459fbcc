package dev.carillon.testsupport.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the OpenAPI document from {@code docs/openapi/source}: one YAML file for each tag, in the order of their names. */
public final class OpenApiSource {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ObjectNode paths = JsonNodeFactory.instance.objectNode();
    private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private OpenApiSource() {}

    /** The document, as it is checked in. */
    public static String render(Path folder) throws IOException {
        ObjectNode written = new OpenApiSource().write(folder);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n";
    }

    private ObjectNode write(Path folder) throws IOException {
        JsonNode frame = yaml(folder.resolve("frame.yaml"));
        frame.properties().forEach(entry -> document.set(entry.getKey(), entry.getValue()));
        document.set("paths", paths);
        ObjectNode components = (ObjectNode) document.remove("components");
        document.set("components", components);
        schemas(components.path("schemas"));
        components.set("schemas", schemas);
        for (Path file : files(folder)) {
            add(yaml(file));
        }
        return document;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().equals("frame.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private void add(JsonNode part) {
        String tag = part.path("tag").stringValue();
        document.withArray("tags")
                .addObject()
                .put("name", tag)
                .put("description", part.path("about").stringValue());
        part.path("calls").properties().forEach(call -> {
            String[] line = call.getKey().split(" ", -1);
            for (String method : line[0].split("\\|", -1)) {
                paths.withObjectProperty(line[1])
                        .set(method.toLowerCase(Locale.ROOT), CallWriter.write(method, line, call.getValue(), part));
            }
        });
        schemas(part.path("schemas"));
    }

    private void schemas(JsonNode named) {
        named.properties().forEach(schema -> schemas.set(schema.getKey(), schema(schema.getValue())));
    }

    private static ObjectNode schema(JsonNode source) {
        ObjectNode schema = ShortSchema.object("object");
        schema.put("description", source.path("about").stringValue());
        if (source.has("map")) {
            schema.set("additionalProperties", source.path("map"));
            return schema;
        }
        ObjectNode fields = schema.putObject("properties");
        List<String> required = new ArrayList<>();
        source.path("fields").properties().forEach(field -> {
            ShortSchema read = ShortSchema.of(field.getValue());
            fields.set(field.getKey(), read.schema());
            if (read.required()) {
                required.add(field.getKey());
            }
        });
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        if (source.path("open").asBoolean(false)) {
            schema.put("additionalProperties", true);
        }
        return schema;
    }

    static JsonNode yaml(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (var reader = Files.newBufferedReader(file)) {
            Object loaded = new Yaml(new SafeConstructor(options)).load(reader);
            return MAPPER.valueToTree(loaded);
        }
    }
}
