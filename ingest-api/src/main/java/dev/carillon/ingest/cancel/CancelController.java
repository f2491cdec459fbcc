package dev.carillon.ingest.cancel;

import dev.carillon.ingest.apikey.CurrentKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.schemas.event.EventUid;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cancelling an event, for upstream services: with parameters, or with a body where many recipients are meant. */
@RestController
final class CancelController {
    private static final int MAX_BYTES = 256 * 1024;

    private final CancelEvents cancel;

    CancelController(CancelEvents cancel) {
        this.cancel = cancel;
    }

    @DeleteMapping("/api/v1/events/{uid}")
    ResponseEntity<byte[]> delete(
            @PathVariable String uid,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false, defaultValue = "") List<String> recipient) {
        return cancel(CancelRequest.of(uid, source, id, recipient));
    }

    @PostMapping(path = "/api/v1/events/{uid}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> post(@PathVariable String uid, HttpServletRequest request) throws IOException {
        return cancel(CancelRequest.of(uid, StrictJson.parse(BodyBytes.read(request, MAX_BYTES))));
    }

    private ResponseEntity<byte[]> cancel(CancelRequest request) {
        request.checkRights(CurrentKey.get());
        cancel.cancel(request.event(), request.recipients());
        return JsonAnswer.of(
                HttpStatus.ACCEPTED,
                new Answer(request.event(), "nothing of it is delivered any more that has not been"));
    }

    private record Answer(EventUid uid, String message) {}
}
