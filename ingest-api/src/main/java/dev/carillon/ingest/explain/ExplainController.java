package dev.carillon.ingest.explain;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.intake.Questions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What would become of an event, for whoever may publish it. */
@RestController
final class ExplainController {
    private final ExplainEvents explain;

    ExplainController(ExplainEvents explain) {
        this.explain = explain;
    }

    @PostMapping(path = "/api/v1/events/explain", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> explain(@AuthenticationPrincipal ApiKey caller, HttpServletRequest request)
            throws IOException {
        return JsonAnswer.ok(explain.explain(BodyBytes.read(request, Questions.MAX_BYTES), caller));
    }
}
