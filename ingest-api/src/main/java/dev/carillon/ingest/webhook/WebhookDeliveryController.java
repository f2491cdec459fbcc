package dev.carillon.ingest.webhook;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.ingest.webhook.Message.State;
import dev.carillon.ingest.webhook.WebhookJson.DeliveryJson;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was sent to a webhook, for operators: looked at, tried out and replayed. */
@RestController
@RequestMapping("/api/v1/ops/webhooks/{id}")
final class WebhookDeliveryController {
    private static final Map<String, State> STATES = Vocabulary.named(State.values());

    private final Webhooks webhooks;
    private final MessageTable table;
    private final AttemptMessage attempt;

    WebhookDeliveryController(Webhooks webhooks, MessageTable table, AttemptMessage attempt) {
        this.webhooks = webhooks;
        this.table = table;
        this.attempt = attempt;
    }

    @GetMapping("/deliveries")
    ResponseEntity<byte[]> list(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "100") String limit) {
        Endpoint endpoint = webhooks.find(WebhookIds.endpoint(id));
        int size = PathIds.limit(limit);
        List<MessageTable.Listed> page = table.list(endpoint.id(), state(state), PathIds.before(cursor), size);
        return JsonAnswer.ok(new WebhookJson.Page(
                page.stream().map(one -> DeliveryJson.of(one.message())).toList(),
                page.size() < size ? null : Long.toString(page.getLast().number())));
    }

    @GetMapping("/deliveries/{delivery}")
    ResponseEntity<byte[]> find(@PathVariable String id, @PathVariable String delivery) {
        return JsonAnswer.ok(
                DeliveryJson.whole(webhooks.message(WebhookIds.endpoint(id), WebhookIds.message(delivery))));
    }

    @PostMapping("/deliveries/{delivery}/replay")
    ResponseEntity<byte[]> replay(@PathVariable String id, @PathVariable String delivery) {
        UUID endpoint = WebhookIds.endpoint(id);
        UUID message = WebhookIds.message(delivery);
        webhooks.replay(endpoint, message);
        return JsonAnswer.of(HttpStatus.ACCEPTED, DeliveryJson.of(webhooks.message(endpoint, message)));
    }

    @PostMapping(path = "/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replayDead(@PathVariable String id, HttpServletRequest request) throws IOException {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(
                StrictJson.parse(BodyBytes.read(request, WebhookController.MAX_BYTES)), Set.of("since"), violations);
        Instant since = fields.time("since");
        violations.refuseIfAny();
        int replayed = webhooks.replayDead(WebhookIds.endpoint(id), since == null ? Instant.EPOCH : since);
        return JsonAnswer.of(HttpStatus.ACCEPTED, new WebhookJson.Replayed(replayed));
    }

    /** Sends one message that tells of nothing, and waits for the answer; also where the webhook is disabled. */
    @PostMapping("/test")
    ResponseEntity<byte[]> test(@PathVariable String id) {
        Endpoint endpoint = webhooks.find(WebhookIds.endpoint(id));
        return JsonAnswer.ok(DeliveryJson.whole(attempt.once(endpoint, webhooks.test(endpoint))));
    }

    private static @Nullable State state(String word) {
        State state = STATES.get(word);
        if (state == null && !word.isEmpty()) {
            throw ProblemException.invalid(
                    "state", "allowed_values", "must be one of " + String.join(", ", STATES.keySet()));
        }
        return state;
    }
}
