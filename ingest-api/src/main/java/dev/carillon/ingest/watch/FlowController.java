package dev.carillon.ingest.watch;

import dev.carillon.ingest.deadletter.OpenLetters;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.platform.http.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What flows through the pipeline, for operators. No call asks the broker. */
@RestController
final class FlowController {
    private final FlowSamples samples;
    private final OpenLetters letters;

    FlowController(FlowSamples samples, OpenLetters letters) {
        this.samples = samples;
        this.letters = letters;
    }

    @GetMapping("/api/v1/ops/flow")
    ResponseEntity<byte[]> flow() {
        Flow flow = samples.ask(letters.counts());
        if (flow == null) {
            throw ProblemException.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "not_measured",
                    "nothing has been measured yet: the service has only begun, or the broker does not answer");
        }
        return JsonAnswer.ok(flow);
    }
}
