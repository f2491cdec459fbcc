package dev.carillon.ingest.privacy;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.privacy.PrivacyRequest.Kind;
import dev.carillon.ingest.privacy.PrivacyRequest.State;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.Topics;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything about a recipient, told or erased, for operators. Both take until all services have answered. */
@RestController
final class PrivacyController {
    private static final Logger LOG = LoggerFactory.getLogger(PrivacyController.class);
    static final String REQUESTS = "/api/v1/ops/privacy-requests";

    private final BeginRequests begin;
    private final PrivacyTable requests;
    private final AnswerTable answers;
    private final PrivacyProperties properties;
    private final Topics topics;

    PrivacyController(
            BeginRequests begin,
            PrivacyTable requests,
            AnswerTable answers,
            PrivacyProperties properties,
            Topics topics) {
        this.begin = begin;
        this.requests = requests;
        this.answers = answers;
        this.properties = properties;
        this.topics = topics;
    }

    /** @param nextCursor null on the last page */
    record Page(List<RequestJson> requests, @Nullable String nextCursor) {}

    @PostMapping("/api/v1/ops/recipients/{id}/export")
    ResponseEntity<byte[]> export(@AuthenticationPrincipal ApiKey caller, @PathVariable String id) {
        return JsonAnswer.of(HttpStatus.ACCEPTED, whole(begin.export(PathIds.recipient(id), caller)));
    }

    @PostMapping("/api/v1/ops/recipients/{id}/erase")
    ResponseEntity<byte[]> erase(@AuthenticationPrincipal ApiKey caller, @PathVariable String id) {
        return JsonAnswer.of(HttpStatus.ACCEPTED, whole(begin.erase(PathIds.recipient(id), caller)));
    }

    @GetMapping(REQUESTS)
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String cursor, @RequestParam(defaultValue = "100") String limit) {
        int most = PathIds.limit(limit);
        List<PrivacyRequest> rows = requests.list(PathIds.before(cursor), most + 1);
        boolean more = rows.size() > most;
        List<PrivacyRequest> shown = more ? rows.subList(0, most) : rows;
        return JsonAnswer.ok(new Page(
                shown.stream().map(RequestJson::of).toList(),
                more ? Long.toString(shown.getLast().number()) : null));
    }

    @GetMapping(REQUESTS + "/{id}")
    ResponseEntity<byte[]> one(@PathVariable String id) {
        return JsonAnswer.ok(whole(find(id)));
    }

    @GetMapping(REQUESTS + "/{id}/document")
    void document(@AuthenticationPrincipal ApiKey caller, @PathVariable String id, HttpServletResponse response)
            throws IOException {
        PrivacyRequest request = find(id);
        if (request.kind() != Kind.EXPORT || request.recipient() == null) {
            throw ProblemException.of(
                    HttpStatus.NOT_FOUND, "this request has no document: only an export that nobody erased has one");
        }
        if (request.state() == State.OVERTAKEN) {
            throw ProblemException.of(
                    HttpStatus.GONE, "document_gone", "somebody whom it names was erased since: export again");
        }
        if (request.state() == State.RUNNING) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "still_running",
                    "not all services have answered: ask for the request's state");
        }
        if (answers.places(request.id()).isEmpty()) {
            throw ProblemException.of(
                    HttpStatus.GONE,
                    "document_gone",
                    "documents are kept for " + properties.exportsKept() + ": export again");
        }
        LOG.info("{}, as {}, fetches the document of the export {}", caller.name(), caller.id(), request.id());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        WriteDocument.to(response.getOutputStream(), request, answers);
    }

    private RequestJson whole(PrivacyRequest request) {
        List<Progress> progress = request.state() == State.OVERTAKEN
                ? List.of()
                : Progress.of(request, properties.services(), answers.of(request.id()));
        return RequestJson.of(request).with(progress, topics);
    }

    private PrivacyRequest find(String id) {
        try {
            return requests.find(UUID.fromString(id)).orElseThrow(PrivacyController::unknown);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static ProblemException unknown() {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no such request");
    }
}
