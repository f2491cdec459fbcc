package dev.carillon.standalone.demo;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.EventUid;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /demo/events/{uid}}: what has become of an event, per recipient and channel. */
@RestController
final class OutcomeController {
    private final EventOutcomes outcomes;
    private final RouterProgress progress;

    OutcomeController(EventOutcomes outcomes, RouterProgress progress) {
        this.outcomes = outcomes;
        this.progress = progress;
    }

    /** @param attempt names one publication of the event, which may be published again */
    @GetMapping(path = "/demo/events/{uid}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] event(@PathVariable UUID uid, @RequestParam(defaultValue = "") String attempt) {
        // Asked first, so that what it vouches for is among the outcomes.
        boolean passed = progress.hasPassed(uid + " " + attempt);
        return Json.write(new Story(passed, outcomes.of(new EventUid(uid))));
    }

    /** @param passed whether the router has dealt with this publication, whatever came of it */
    record Story(boolean passed, List<EventOutcomes.Told> recipients) {}
}
