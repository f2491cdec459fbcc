package dev.carillon.ingest.webhook;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.CurrentKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Webhooks, for operators. A secret is in the answer that makes it, and in no other. */
@RestController
@RequestMapping("/api/v1/ops/webhooks")
final class WebhookController {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookController.class);
    static final int MAX_BYTES = 64 * 1024;

    private final Webhooks webhooks;
    private final EndpointTable table;
    private final Backlog backlog;
    private final EndpointReader reader;
    private final Clock clock;

    WebhookController(Webhooks webhooks, EndpointTable table, Backlog backlog, EndpointReader reader, Clock clock) {
        this.webhooks = webhooks;
        this.table = table;
        this.backlog = backlog;
        this.reader = reader;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> make(HttpServletRequest request) throws IOException {
        Endpoint made = webhooks.make(reader.read(body(request)));
        log("made", made.id());
        return JsonAnswer.of(HttpStatus.CREATED, WebhookJson.withSecret(made, clock.instant()));
    }

    @GetMapping
    ResponseEntity<byte[]> list() {
        Map<UUID, Backlog.Counts> counts = backlog.counts();
        return JsonAnswer.ok(new WebhookJson.All(
                table.list().stream().map(endpoint -> json(endpoint, counts)).toList()));
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> find(@PathVariable String id) {
        return JsonAnswer.ok(json(webhooks.find(WebhookIds.endpoint(id)), backlog.counts()));
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> change(@PathVariable String id, HttpServletRequest request) throws IOException {
        Endpoint changed = webhooks.change(WebhookIds.endpoint(id), reader.read(body(request)));
        log("changed", changed.id());
        return JsonAnswer.ok(json(changed, backlog.counts()));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id) {
        UUID endpoint = WebhookIds.endpoint(id);
        webhooks.delete(endpoint);
        log("deleted", endpoint);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/{id}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> rotate(@PathVariable String id, HttpServletRequest request) throws IOException {
        Endpoint rotated = webhooks.rotate(WebhookIds.endpoint(id), EndpointReader.overlap(body(request)));
        log("gave a new secret to", rotated.id());
        return JsonAnswer.ok(WebhookJson.withSecret(rotated, clock.instant()));
    }

    private WebhookJson json(Endpoint endpoint, Map<UUID, Backlog.Counts> counts) {
        return WebhookJson.of(endpoint, counts.getOrDefault(endpoint.id(), Backlog.Counts.NONE), clock.instant());
    }

    private static void log(String what, UUID endpoint) {
        ApiKey by = CurrentKey.get();
        LOG.info("{}, as {}, {} the webhook {}", by.name(), by.id(), what, endpoint);
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        return StrictJson.parse(BodyBytes.read(request, MAX_BYTES));
    }
}
