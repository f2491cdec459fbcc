package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.schemas.Json;
import dev.carillon.standalone.compose.Mappings;
import dev.carillon.testsupport.Missing;
import dev.carillon.testsupport.contract.OpenApiSource;
import dev.carillon.testsupport.contract.Promises;
import dev.carillon.testsupport.contract.SchemaCheck;
import dev.carillon.testsupport.contract.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private static final String[] MODULES = {"ingest-api", "inapp-worker", "email-worker", "push-worker"};

    private final String document;
    private final JsonNode read;

    OpenApiTest() throws IOException {
        document = OpenApiSource.render(Path.of("..", "docs", "openapi", "source"));
        read = Json.mapper().readTree(document);
    }

    @Test
    void documentSaysWhatItsSourceSays() throws IOException {
        GeneratedPage.saysWhatTheCodeSays("openapi/carillon.json", document, OpenApiTest.class);
    }

    @Test
    void hasEveryCallOfTheServicesAndNoOther() throws ReflectiveOperationException {
        Set<String> mapped = Mappings.endpoints().stream()
                .filter(endpoint -> !endpoint.service().equals("standalone"))
                .map(Mappings.Endpoint::toString)
                .collect(Collectors.toSet());
        Set<String> described = calls().map(Call::toString).collect(Collectors.toSet());
        assertThat(described).hasSizeGreaterThan(80).containsExactlyInAnyOrderElementsOf(mapped);
    }

    @Test
    void namesNoOperationTwice() {
        Set<String> ids = new HashSet<>();
        assertThat(calls().map(Call::id)).allMatch(ids::add);
    }

    @Test
    void examplesKeepToTheirSchemas() {
        SchemaCheck check = new SchemaCheck(read);
        List<JsonNode> bodies = read.path("paths").findParents("example");
        assertThat(bodies)
                .hasSizeGreaterThan(15)
                .allSatisfy(body -> assertThat(check.problem(
                                body.path("schema"), Json.mapper().writeValueAsBytes(body.path("example")), false))
                        .isEmpty());
    }

    @Test
    void takesNoPromiseBack() throws IOException {
        GeneratedPage.keepsWhatWasPromised("openapi/promises.txt", Promises.ofCalls(read), OpenApiTest.class);
    }

    @Test
    void everyCallSucceededInATest() {
        assumeTrue(System.getProperty("test") == null, "only tests that were named are run");
        Set<String> tried = new TreeSet<>();
        for (String module : MODULES) {
            Set<String> ofModule = Watch.tried(Path.of("..", module));
            Missing.unless(!ofModule.isEmpty(), "the tests of " + module + " were not run before this one");
            tried.addAll(ofModule);
        }
        assertThat(calls().map(Call::id).filter(id -> !tried.contains(id)))
                .as("calls that succeeded in no test of %s", List.of(MODULES))
                .isEmpty();
    }

    private record Call(String method, String path, String id) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Stream<Call> calls() {
        return read.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> new Call(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue().path("operationId").stringValue())));
    }
}
