package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Dead letters, for operators: what can be done with one. */
@RestController
@RequestMapping("/api/v1/ops/dead-letters")
final class DeadLetterController {
    static final int MAX_BYTES = 64 * 1024;

    private final LetterTable letters;
    private final ReplayLetters replay;
    private final DiscardLetters discard;

    DeadLetterController(LetterTable letters, ReplayLetters replay, DiscardLetters discard) {
        this.letters = letters;
        this.replay = replay;
        this.discard = discard;
    }

    /** @param nextCursor null on the last page */
    record Page(List<LetterJson> deadLetters, @Nullable String nextCursor) {}

    record Counts(List<LetterTable.Count> counts) {}

    @GetMapping
    ResponseEntity<byte[]> list(@RequestParam Map<String, String> parameters) {
        Map<String, String> query = new HashMap<>(parameters);
        LetterCursor before = LetterCursor.parse(orElse(query.remove("cursor"), ""));
        int limit = PathIds.limit(orElse(query.remove("limit"), "100"));
        LetterRequest.Wanted wanted = LetterRequest.list(query);
        List<LetterHead> rows = letters.list(wanted.filter(), wanted.state(), before, limit + 1);
        boolean more = rows.size() > limit;
        List<LetterHead> shown = more ? rows.subList(0, limit) : rows;
        String next = more ? LetterCursor.of(shown.getLast()).toString() : null;
        return JsonAnswer.ok(new Page(shown.stream().map(LetterJson::summary).toList(), next));
    }

    @GetMapping("/counts")
    ResponseEntity<byte[]> counts() {
        return JsonAnswer.ok(new Counts(letters.openCounts()));
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> one(@PathVariable String id) {
        return JsonAnswer.ok(LetterJson.whole(letters.find(number(id)).orElseThrow(ReplayLetters::unknown)));
    }

    @PostMapping("/{id}/replay")
    ResponseEntity<byte[]> replay(@AuthenticationPrincipal ApiKey caller, @PathVariable String id) {
        return JsonAnswer.ok(LetterJson.summary(replay.one(number(id), caller).head()));
    }

    @PostMapping(path = "/{id}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> discard(
            @AuthenticationPrincipal ApiKey caller, @PathVariable String id, HttpServletRequest request)
            throws IOException {
        String reason = LetterRequest.reason(body(request));
        return JsonAnswer.ok(
                LetterJson.summary(discard.one(number(id), reason, caller).head()));
    }

    static JsonNode body(HttpServletRequest request) throws IOException {
        return StrictJson.parse(BodyBytes.read(request, MAX_BYTES));
    }

    /** @throws ProblemException 404 where it can be nobody's */
    static long number(String id) {
        if (!id.matches("\\d{1,18}")) {
            throw ReplayLetters.unknown();
        }
        return Long.parseLong(id);
    }

    private static String orElse(@Nullable String given, String absent) {
        return given == null ? absent : given;
    }
}
