package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.intake.AcceptEvents.Submission;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.schemas.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * {@code POST /api/v1/events}: one object is answered with 202, an array with 207 and a result per item. A servlet and no
 * controller: finding and calling a controller's method costs as much as accepting the event.
 */
final class EventsServlet extends HttpServlet {
    static final String PATH = "/api/v1/events";

    private static final Logger LOG = LoggerFactory.getLogger(EventsServlet.class);
    /** W3C Trace Context, version 00. */
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final transient AcceptEvents acceptEvents;
    private final transient IntakeMetrics metrics;
    private final transient ProblemWriter problems;

    EventsServlet(AcceptEvents acceptEvents, IntakeMetrics metrics, ProblemWriter problems) {
        this.acceptEvents = acceptEvents;
        this.metrics = metrics;
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            requirePostedJson(request, response);
            answer(accept(request), response);
        } catch (ProblemException problem) {
            write(response, problem);
        } catch (RuntimeException e) {
            LOG.error("a request with events failed unexpectedly", e);
            write(response, ProblemException.of(HttpStatus.INTERNAL_SERVER_ERROR, "the request failed; it is logged"));
        }
    }

    private static void requirePostedJson(HttpServletRequest request, HttpServletResponse response) {
        if (!request.getMethod().equals("POST")) {
            response.setHeader(HttpHeaders.ALLOW, "POST");
            throw ProblemException.of(HttpStatus.METHOD_NOT_ALLOWED, "events are sent with POST");
        }
        String type = request.getContentType();
        int end = type == null ? -1 : type.indexOf(';');
        String bare = type == null ? "" : (end < 0 ? type : type.substring(0, end)).strip();
        if (!bare.equalsIgnoreCase(MediaType.APPLICATION_JSON_VALUE)) {
            response.setHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
            throw ProblemException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "events are sent as application/json");
        }
    }

    private Answer accept(HttpServletRequest request) throws IOException {
        StrictJson.Body body = StrictJson.parseParts(BodyBytes.read(request, Limits.REQUEST_BYTES));
        int events = body.parts().size();
        if (events > Limits.EVENTS) {
            throw ProblemException.invalid(
                    "events", "max_items", "must be at most " + Limits.EVENTS + ", not " + events);
        }
        List<Receipt> receipts =
                acceptEvents.accept(new Submission(caller(), body.parts(), body.array(), traceparent(request)));
        metrics.count(receipts);
        return body.array() ? results(receipts) : single(receipts.getFirst());
    }

    private static Answer single(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted accepted -> new Answer(HttpStatus.ACCEPTED, accepted);
            case Receipt.Refused refused -> throw refused.problem();
        };
    }

    private static Answer results(List<Receipt> receipts) {
        return new Answer(
                HttpStatus.MULTI_STATUS,
                new ReceiptJson.Results(receipts.stream().map(ReceiptJson::of).toList()));
    }

    private static void answer(Answer answer, HttpServletResponse response) throws IOException {
        byte[] json = Json.write(answer.body());
        response.setStatus(answer.status().value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private void write(HttpServletResponse response, ProblemException problem) throws IOException {
        if (problem.retryAfter() != null) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
        }
        problems.write(response, problem);
    }

    /** Security lets nobody in without a key. */
    private static ApiKey caller() {
        return (ApiKey) Objects.requireNonNull(
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
                        .getPrincipal());
    }

    private static @Nullable String traceparent(HttpServletRequest request) {
        String header = request.getHeader("traceparent");
        return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
    }

    private record Answer(HttpStatus status, Object body) {}
}
