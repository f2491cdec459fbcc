package dev.carillon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.RandomSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the codecs against data binding, which they take the place of. */
class HotRecordsTest {
    private static final String UNREADABLE = "unreadable";

    private final RandomSeed seed = RandomSeed.of("HotRecordsTest");
    private final RandomGenerator random = seed.generator();

    static Stream<Class<?>> types() {
        return HotRecords.TYPES.stream().map(type -> type);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyComponentIsWrittenAndRead(Class<?> type) {
        RandomRecords records = new RandomRecords(random);
        for (int i = 0; i < 200; i++) {
            Object value = records.record(type);

            byte[] json = Json.write(value);

            assertThat(text(json)).as("seed %s", seed).isEqualTo(text(Json.BINDING.writeValueAsBytes(value)));
            assertThat(Json.read(json, type)).isEqualTo(value).isEqualTo(Json.BINDING.readValue(json, type));
        }
    }

    @Test
    void everyExampleIsWrittenAndReadAlike() {
        Examples.all().forEach((name, example) -> {
            byte[] json = Json.BINDING.writerFor(example.type()).writeValueAsBytes(example.value());

            assertThat(text(Json.mapper().writerFor(example.type()).writeValueAsBytes(example.value())))
                    .as(name)
                    .isEqualTo(text(json));
            assertThat(Json.read(json, example.type())).as(name).isEqualTo(example.value());
        });
    }

    /** Whatever somebody writes to a topic: where data binding reads a value the codecs read the same, and no other. */
    @Test
    void whatIsNotAsExpectedIsReadOrRefusedAlike() {
        int refused = 0;
        List<Examples.Example> examples = List.copyOf(Examples.all().values());
        for (int i = 0; i < 4_000; i++) {
            Examples.Example example = examples.get(random.nextInt(examples.size()));
            JsonNode tree =
                    Json.BINDING.readTree(Json.BINDING.writerFor(example.type()).writeValueAsBytes(example.value()));
            damage(tree);
            byte[] json = Json.BINDING.writeValueAsBytes(tree);

            Object bound = bound(json, example.type());

            assertThat(ours(json, example.type()))
                    .as("%s, seed %s", text(json), seed)
                    .isEqualTo(bound);
            refused += bound.equals(UNREADABLE) ? 1 : 0;
        }
        assertThat(refused).isBetween(400, 3_600);
    }

    /** Replaces, removes or adds something somewhere. */
    private void damage(JsonNode tree) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), Json.BINDING.valueToTree(anything()));
            return;
        }
        ObjectNode object = (ObjectNode) container;
        List<String> names = new ArrayList<>(object.propertyNames());
        String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.set("new_field", Json.BINDING.valueToTree(anything()));
            case 2 -> object.set(name, object.remove(name));
            default -> object.set(name, Json.BINDING.valueToTree(anything()));
        }
    }

    private @Nullable Object anything() {
        List<Object> values =
                List.of("text", "", "7", 7, -1, 3_000_000_000L, 1.5, true, List.of(), Map.of(), Map.of("a", 1));
        int one = random.nextInt(values.size() + 1);
        return one == values.size() ? null : values.get(one);
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.valueStream().forEach(child -> collect(child, containers));
        }
    }

    private static Object bound(byte[] json, Class<?> type) {
        try {
            Object value = Json.BINDING.readValue(json, type);
            return Completeness.missing(value, Set.of()) == null ? value : UNREADABLE;
        } catch (JacksonException e) {
            return UNREADABLE;
        }
    }

    private static Object ours(byte[] json, Class<?> type) {
        try {
            return Json.read(json, type);
        } catch (MalformedRecordException e) {
            return UNREADABLE;
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
