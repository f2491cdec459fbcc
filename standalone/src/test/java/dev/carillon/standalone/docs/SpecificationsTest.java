package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.carillon.schemas.Json;
import dev.carillon.testsupport.NpmPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published documents are what their specifications say, as the schemas of those who wrote them have it. */
class SpecificationsTest {

    @ParameterizedTest
    @CsvSource({
        "asyncapi/carillon.json, DRAFT_7, @asyncapi/specs, 6.11.1, schemas/3.0.0.json, asyncapi, 3.0.0",
        "openapi/carillon.json, DRAFT_2020_12, @seriousme/openapi-schema-validator, 2.11.0,"
                + " schemas/v3.1/schema.json, openapi, 3.1",
    })
    void documentsKeepToTheirSpecification(
            String document,
            SpecificationVersion dialect,
            String npm,
            String version,
            String schema,
            String field,
            String versionOfIt)
            throws IOException {
        Path specification = NpmPackage.fetched(npm, version)
                .resolve("node_modules")
                .resolve(npm)
                .resolve(schema);
        Schema check = SchemaRegistry.withDefaultDialect(dialect)
                .getSchema(Json.mapper().readTree(Files.readAllBytes(specification)));
        ObjectNode read = (ObjectNode)
                Json.mapper().readTree(Files.readAllBytes(Path.of("..", "docs").resolve(document)));

        assertThat(read.path(field).asString()).startsWith(versionOfIt);
        assertThat(mistakes(check, read)).isEmpty();
        read.putObject("info").put("title", "without a version");
        assertThat(mistakes(check, read)).as("a mistake is found").isNotEmpty();
    }

    private static List<String> mistakes(Schema schema, JsonNode document) {
        return schema.validate(document).stream().map(Error::toString).limit(10).toList();
    }
}
