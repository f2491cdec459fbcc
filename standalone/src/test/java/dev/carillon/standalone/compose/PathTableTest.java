package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PathTableTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`/.*) \\| `([a-z-]+)` \\|$");
    private static final Pattern PATH = Pattern.compile("`(/[^`]*)`");

    private final PathTable table;

    PathTableTest() throws IOException {
        table = PathTable.read();
    }

    @Test
    void sendsEveryMappingToTheServiceThatHasIt() throws ReflectiveOperationException {
        Map<String, String> sent = new TreeMap<>();
        Mappings.all()
                .keySet()
                .forEach(path -> sent.put(path, table.service(path).orElse("nobody")));
        assertThat(sent).hasSizeGreaterThan(20).containsKey("/api/v1/events").isEqualTo(Mappings.all());
    }

    @Test
    void isTheTableOfThePageOnRunning() throws IOException {
        Map<String, String> sent = new TreeMap<>(table.prefixes());
        table.exact().forEach((path, service) -> {
            if (sent.keySet().stream().noneMatch(path::startsWith)) {
                sent.put(path, service);
            }
        });
        assertThat(documented()).isEqualTo(sent);
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> paths = new TreeMap<>();
        String page = Files.readString(ComposeFile.REPOSITORY.resolve("docs/running.md"));
        ROW.matcher(page.substring(page.indexOf("## Behind a proxy")))
                .results()
                .forEach(row -> PATH.matcher(row.group(1))
                        .results()
                        .forEach(path -> paths.put(path.group(1).replace("/…", ""), row.group(2))));
        return paths;
    }

    @Test
    void sendsNothingElseInside() {
        assertThat(table.service("/actuator/health")).isEmpty();
        assertThat(table.service("/internal/clock")).isEmpty();
        assertThat(table.service("/demo/key")).isEmpty();
        assertThat(table.service("/client/index.js")).hasValue("inapp-worker");
        assertThat(table.service("/openapi/carillon.json")).hasValue("ingest-api");
    }

    @Test
    void letsLiveConnectionsBeSilentForLongAndHoldsNothingBack() throws IOException {
        for (String path : new String[] {"/api/v1/notifications/stream", "/api/v1/notifications/ws"}) {
            assertThat(table.exact()).containsEntry(path, "inapp-worker");
            String rest = PathTable.text().substring(PathTable.text().indexOf("location = " + path));
            assertThat(rest.substring(0, rest.indexOf('}'))).contains("proxy_buffering off;", "proxy_read_timeout 1h;");
        }
    }
}
