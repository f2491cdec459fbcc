package dev.carillon.email.suppression;

import dev.carillon.email.report.Feedback;
import dev.carillon.email.report.FeedbackReader;
import dev.carillon.email.report.ReportReader;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.mail.MailAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What operators, and the programs that read their bounces, say and ask about addresses. */
@RestController
@RequestMapping("/api/v1/email")
final class SuppressionController {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_PAGE = 1_000;
    private static final int MOST_NAMED = 20;

    private final Suppressions suppressions;

    SuppressionController(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    record Page(
            List<SuppressedAddress> suppressions, @Nullable String nextCursor) {}

    /**
     * How many addresses were suppressed, counted as failing for a while, or left alone.
     *
     * @param left what was left alone, the first twenty: the address and what was said of it
     */
    record Taken(int suppressed, int counted, int ignored, List<String> left) {}

    @GetMapping("/suppressions")
    Page list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(required = false) @Nullable String address) {
        if (address != null) {
            SuppressedAddress found = suppressions.find(parse(address));
            return new Page(found == null ? List.of() : List.of(found), null);
        }
        if (limit < 1 || limit > MAX_PAGE) {
            throw ProblemException.of(
                    HttpStatus.BAD_REQUEST, "invalid_parameter", "limit must be 1 to " + MAX_PAGE + ", is " + limit);
        }
        List<SuppressedAddress> page = suppressions.list(cursor, limit);
        return new Page(page, page.size() < limit ? null : page.getLast().address());
    }

    @PostMapping(path = "/suppressions", consumes = "application/json")
    SuppressedAddress add(HttpServletRequest request) throws IOException {
        JsonNode json = FeedbackReader.parse(body(request));
        List<FieldError> errors = new ArrayList<>();
        MailAddress address = FeedbackReader.address(json, "", errors);
        if (address == null) {
            throw ProblemException.invalid(errors);
        }
        return suppressions.suppress(address, SuppressionReason.MANUAL, FeedbackReader.text(json, "detail"));
    }

    @DeleteMapping("/suppressions")
    ResponseEntity<Void> lift(@RequestParam String address) {
        boolean _ = suppressions.lift(parse(address));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/feedback", consumes = "application/json")
    Taken feedback(HttpServletRequest request) throws IOException {
        return take(FeedbackReader.read(body(request)));
    }

    @PostMapping(
            path = "/feedback",
            consumes = {"message/rfc822", "message/global"})
    Taken report(HttpServletRequest request) throws IOException {
        return take(ReportReader.read(body(request)));
    }

    private Taken take(List<Feedback> all) {
        int suppressed = 0;
        int counted = 0;
        List<String> left = new ArrayList<>();
        for (Feedback feedback : all) {
            switch (feedback.kind()) {
                case HARD_BOUNCE -> {
                    suppressions.suppress(feedback.address(), SuppressionReason.HARD_BOUNCE, feedback.detail());
                    suppressed++;
                }
                case COMPLAINT -> {
                    suppressions.suppress(feedback.address(), SuppressionReason.COMPLAINT, feedback.detail());
                    suppressed++;
                }
                case SOFT_BOUNCE -> {
                    suppressions.softBounce(feedback.address(), feedback.detail());
                    counted++;
                }
                case NOTHING ->
                    left.add(feedback.address() + ": " + Objects.requireNonNullElse(feedback.detail(), "-"));
            }
        }
        return new Taken(suppressed, counted, left.size(), left.subList(0, Math.min(MOST_NAMED, left.size())));
    }

    private static MailAddress parse(String address) {
        try {
            return MailAddress.parse(address.strip());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(
                    HttpStatus.BAD_REQUEST, "invalid_parameter", "address: " + String.valueOf(e.getMessage()));
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw ProblemException.of(
                    HttpStatus.CONTENT_TOO_LARGE, "request_too_large", "at most " + MAX_BYTES + " bytes are taken");
        }
        return body;
    }
}
