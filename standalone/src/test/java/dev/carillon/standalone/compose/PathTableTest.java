package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PathTableTest {

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
