package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.intake.AcceptEvents.Submission;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/events}: one object is answered with 202, an array with 207 and a result per item. */
@RestController
final class EventsController {
    static final String PATH = "/api/v1/events";

    /** W3C Trace Context, version 00. */
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final AcceptEvents acceptEvents;
    private final IntakeMetrics metrics;

    EventsController(AcceptEvents acceptEvents, IntakeMetrics metrics) {
        this.acceptEvents = acceptEvents;
        this.metrics = metrics;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> accept(@AuthenticationPrincipal ApiKey caller, HttpServletRequest request)
            throws IOException {
        StrictJson.Body body = StrictJson.parseParts(BodyBytes.read(request, Limits.REQUEST_BYTES));
        if (body.parts().size() > Limits.EVENTS) {
            throw ProblemException.invalid(
                    "events",
                    "max_items",
                    "must be at most " + Limits.EVENTS + ", not " + body.parts().size());
        }
        List<Receipt> receipts =
                acceptEvents.accept(new Submission(caller, body.parts(), body.array(), traceparent(request)));
        metrics.count(receipts);
        return body.array() ? results(receipts) : single(receipts.getFirst());
    }

    private static ResponseEntity<byte[]> single(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted accepted -> JsonAnswer.of(HttpStatus.ACCEPTED, accepted);
            case Receipt.Refused refused -> throw refused.problem();
        };
    }

    private static ResponseEntity<byte[]> results(List<Receipt> receipts) {
        return JsonAnswer.of(
                HttpStatus.MULTI_STATUS,
                new ReceiptJson.Results(receipts.stream().map(ReceiptJson::of).toList()));
    }

    private static @Nullable String traceparent(HttpServletRequest request) {
        String header = request.getHeader("traceparent");
        return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
    }
}
