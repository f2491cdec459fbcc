package dev.carillon.ingest.publication;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.CurrentKey;
import dev.carillon.ingest.document.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes every setting to Kafka again, for operators whose topics were lost. The versions stay as they are, so whoever
 * has them already ignores them.
 */
@RestController
final class RepublishController {
    private static final Logger LOG = LoggerFactory.getLogger(RepublishController.class);

    private final List<SettingTable<?>> tables;

    RepublishController(List<SettingTable<?>> tables) {
        this.tables = List.copyOf(tables);
    }

    /** Answers how many rows of each kind the sweeper will publish. */
    @PostMapping("/api/v1/ops/republish")
    ResponseEntity<byte[]> republish() {
        Map<String, Integer> rows = new TreeMap<>();
        tables.forEach(table -> rows.put(table.name(), table.unmarkAll()));
        ApiKey by = CurrentKey.get();
        LOG.info("{}, as {}, has all settings written again: {}", by.name(), by.id(), rows);
        return JsonAnswer.of(HttpStatus.ACCEPTED, rows);
    }
}
