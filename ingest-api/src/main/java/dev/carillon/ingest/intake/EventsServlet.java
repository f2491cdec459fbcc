package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.CurrentKey;
import dev.carillon.ingest.apikey.KeyRate;
import dev.carillon.ingest.intake.AcceptEvents.Submission;
import dev.carillon.platform.http.Answered;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.schemas.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * {@code POST /api/v1/events}: one object is answered with 202, an array with 207 and a result per item. A servlet and no
 * controller: finding and calling a controller's method costs as much as accepting the event.
 */
final class EventsServlet extends HttpServlet {
    static final String PATH = "/api/v1/events";

    private static final Logger LOG = LoggerFactory.getLogger(EventsServlet.class);

    private final transient AcceptEvents acceptEvents;
    private final transient KeyRate rate;
    private final transient ProblemWriter problems;

    EventsServlet(AcceptEvents acceptEvents, KeyRate rate, ProblemWriter problems) {
        this.acceptEvents = acceptEvents;
        this.rate = rate;
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            requirePost(request, response);
            answer(accept(request), response);
        } catch (ProblemException problem) {
            if (problem.status() == HttpStatus.UNSUPPORTED_MEDIA_TYPE) {
                response.setHeader(HttpHeaders.ACCEPT, RequestReader.MEDIA_TYPES);
            }
            problems.write(response, problem);
        } catch (RuntimeException e) {
            LOG.error("a request with events failed unexpectedly", e);
            problems.write(
                    response,
                    ProblemException.of(HttpStatus.INTERNAL_SERVER_ERROR, "the request failed; it is logged"));
        }
    }

    private static void requirePost(HttpServletRequest request, HttpServletResponse response) {
        if (!request.getMethod().equals("POST")) {
            response.setHeader(HttpHeaders.ALLOW, "POST");
            throw ProblemException.of(HttpStatus.METHOD_NOT_ALLOWED, "events are sent with POST");
        }
    }

    private Answer accept(HttpServletRequest request) throws IOException {
        RequestReader.Events events = RequestReader.read(request);
        int count = events.drafts().size();
        if (count > Limits.EVENTS) {
            throw ProblemException.invalid(
                    "events", "max_items", "must be at most " + Limits.EVENTS + ", not " + count);
        }
        ApiKey caller = CurrentKey.get();
        rate.takeFurther(caller, count);
        List<Receipt> receipts = acceptEvents.accept(new Submission(Way.HTTP, caller, events.drafts(), events.array()));
        return events.array() ? results(receipts) : single(receipts.getFirst());
    }

    private static Answer single(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted accepted -> new Answer(HttpStatus.ACCEPTED, accepted);
            case Receipt.Refused refused -> throw refused.problem();
        };
    }

    /** Why some are not known to be accepted is said once, not for each of thousands. */
    private static Answer results(List<Receipt> receipts) {
        receipts.stream()
                .filter(Receipt.Refused.class::isInstance)
                .map(refused -> ((Receipt.Refused) refused).problem())
                .filter(ProblemException::hasReason)
                .findFirst()
                .ifPresent(Answered::with);
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

    private record Answer(HttpStatus status, Object body) {}
}
