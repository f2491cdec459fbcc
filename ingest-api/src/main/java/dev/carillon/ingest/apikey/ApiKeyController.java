package dev.carillon.ingest.apikey;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keys, for operators. */
@RestController
@RequestMapping("/api/v1/ops/api-keys")
final class ApiKeyController {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyController.class);
    private static final int MAX_BYTES = 64 * 1024;

    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(HttpServletRequest request) throws IOException {
        ApiKeyReader.Wanted wanted = ApiKeyReader.read(StrictJson.parse(BodyBytes.read(request, MAX_BYTES)));
        ApiKeys.Issued issued = keys.issue(wanted.name(), wanted.scopes(), wanted.sources(), wanted.eventsPerSecond());
        ApiKey key = issued.key();
        ApiKey by = CurrentKey.get();
        LOG.info("{}, as {}, made the key {}: {} {}", by.name(), by.id(), key.id(), key.name(), wanted.scopes());
        return JsonAnswer.of(HttpStatus.CREATED, KeyJson.of(key, issued.token()));
    }

    @GetMapping
    ResponseEntity<byte[]> list() {
        return JsonAnswer.ok(new KeysJson(
                keys.list().stream().map(key -> KeyJson.of(key, null)).toList()));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(@PathVariable String id) {
        if (!keys.revoke(uuid(id))) {
            throw ProblemException.of(HttpStatus.NOT_FOUND, "no valid key has this id");
        }
        ApiKey by = CurrentKey.get();
        LOG.info("{}, as {}, revoked the key {}", by.name(), by.id(), id);
        return ResponseEntity.noContent().build();
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("id", "format", "must be a key's id");
        }
    }

    /** @param token only in the answer that makes the key */
    private record KeyJson(
            UUID id,
            String name,
            List<Scope> scopes,
            List<String> sources,
            @Nullable Integer eventsPerSecond,
            Instant createdAt,
            @Nullable String token) {
        static KeyJson of(ApiKey key, @Nullable String token) {
            return new KeyJson(
                    key.id(),
                    key.name(),
                    key.scopes().stream().sorted().toList(),
                    key.sources().stream().sorted().toList(),
                    key.eventsPerSecond(),
                    key.createdAt(),
                    token);
        }
    }

    private record KeysJson(List<KeyJson> keys) {}
}
