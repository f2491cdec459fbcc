package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.standalone.compose.Mappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiReferenceTest {
    /** As {@code `POST\|PUT /api/v1/x/{id}`}; the backslash is what a table's cell needs. */
    private static final Pattern CALL = Pattern.compile("`([A-Z]+(?:\\\\?\\|[A-Z]+)*) (/[^`\\s]*)`");
    /** Every address of ours, in prose and in examples alike; what stands for further ones ends with a slash. */
    private static final Pattern ADDRESS =
            Pattern.compile("/(?:api/v1|demo|internal)/[A-Za-z0-9{}/._-]*[A-Za-z0-9}](?![A-Za-z0-9{}/_-])");
    /** What Spring and the browser client's files answer, which no controller maps. */
    private static final Set<String> OTHERS =
            Set.of("GET /client/{file}", "GET /openapi/{file}", "GET /actuator/health", "GET /actuator/prometheus");

    private final String page;
    private final Set<String> mapped;

    ApiReferenceTest() throws IOException, ReflectiveOperationException {
        page = Files.readString(Path.of("..", "docs", "api.md"));
        mapped = Mappings.endpoints().stream()
                .map(Mappings.Endpoint::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void hasEveryCallOfTheServicesAndNoOther() {
        Set<String> described = CALL.matcher(page)
                .results()
                .flatMap(call ->
                        Arrays.stream(call.group(1).split("\\\\?\\|")).map(method -> method + " " + call.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(mapped);
        expected.addAll(OTHERS);
        assertThat(expected).hasSizeGreaterThan(40);
        assertThat(described).isEqualTo(expected);
    }

    @Test
    void namesNoPathThatDoesNotExist() throws IOException {
        for (String name :
                new String[] {"api.md", "embedding.md", "running.md", "operations.md", "migrating.md", "cookbook.md"}) {
            assertThat(addresses(Path.of("..", "docs", name)))
                    .as(name)
                    .isNotEmpty()
                    .allMatch(this::exists);
        }
        assertThat(addresses(Path.of("..", "README.md"))).isNotEmpty().allMatch(this::exists);
    }

    private static Stream<String> addresses(Path file) throws IOException {
        return ADDRESS.matcher(Files.readString(file)).results().map(found -> found.group());
    }

    private boolean exists(String address) {
        return mapped.stream()
                .map(endpoint -> endpoint.substring(endpoint.indexOf(' ') + 1))
                .anyMatch(path -> address.matches(path.replaceAll("\\{[^}]*}", "[^/]+")));
    }
}
