package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is done with many dead letters, and what was done with any. */
@RestController
@RequestMapping("/api/v1/ops/dead-letters")
final class ActionController {
    private final ActionTable actions;
    private final LetterTable letters;
    private final DiscardLetters discard;
    private final ReplayThread thread;
    private final Clock clock;

    ActionController(
            ActionTable actions, LetterTable letters, DiscardLetters discard, ReplayThread thread, Clock clock) {
        this.actions = actions;
        this.letters = letters;
        this.discard = discard;
        this.thread = thread;
        this.clock = clock;
    }

    /** @param nextCursor null on the last page */
    record Page(List<Action> actions, @Nullable String nextCursor) {}

    /** Begins; what dies while it runs is not meant. */
    @PostMapping(path = "/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replay(@AuthenticationPrincipal ApiKey caller, HttpServletRequest request)
            throws IOException {
        LetterRequest.Replay wanted = LetterRequest.replay(DeadLetterController.body(request));
        long id = actions.many(
                Action.Kind.REPLAY, wanted.filter(), null, letters.last(), wanted.perSecond(), caller, clock.instant());
        thread.nudge();
        return JsonAnswer.of(HttpStatus.ACCEPTED, find(id));
    }

    @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> discard(@AuthenticationPrincipal ApiKey caller, HttpServletRequest request)
            throws IOException {
        LetterRequest.Discard wanted = LetterRequest.discard(DeadLetterController.body(request));
        return JsonAnswer.ok(discard.many(wanted.filter(), wanted.reason(), caller));
    }

    @GetMapping("/actions")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String cursor, @RequestParam(defaultValue = "100") String limit) {
        int most = PathIds.limit(limit);
        List<Action> rows = actions.list(PathIds.before(cursor), most + 1);
        boolean more = rows.size() > most;
        List<Action> shown = more ? rows.subList(0, most) : rows;
        return JsonAnswer.ok(
                new Page(shown, more ? Long.toString(shown.getLast().id()) : null));
    }

    @GetMapping("/actions/{id}")
    ResponseEntity<byte[]> one(@PathVariable String id) {
        return JsonAnswer.ok(find(DeadLetterController.number(id)));
    }

    /** Ends what is running; what was done stays so, and the rest stays open. */
    @PostMapping("/actions/{id}/stop")
    ResponseEntity<byte[]> stop(@AuthenticationPrincipal ApiKey caller, @PathVariable String id) {
        Action action = find(DeadLetterController.number(id));
        if (!actions.stop(action.id(), caller, clock.instant())) {
            throw ProblemException.of(HttpStatus.CONFLICT, "not_running", "this action is not running any more");
        }
        return JsonAnswer.ok(find(action.id()));
    }

    private Action find(long id) {
        return actions.find(id).orElseThrow(() -> ProblemException.of(HttpStatus.NOT_FOUND, "there is no such action"));
    }
}
