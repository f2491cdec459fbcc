package dev.carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

class ProblemAdviceTest {
    private final ProblemAdvice advice = new ProblemAdvice();

    @Test
    void whoHasLeftIsNotAnswered() {
        ResponseEntity<ProblemDetail> answer = advice.unexpected(new EofException(new IOException("Broken pipe")));
        assertThat(answer).isNull();
    }

    @Test
    void whyTheBrokersWordIsMissingIsForTheLogAlone() {
        try (var log = new CapturedLog(Answered.class)) {
            ResponseEntity<ProblemDetail> answer = advice.problem(ProblemException.brokerUnavailable(
                    "send it again", Duration.ofSeconds(2), new IOException("no route to 192.0.2.1")));
            advice.problem(ProblemException.of(HttpStatus.NOT_FOUND, "there is none"));

            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            assertThat(String.valueOf(answer.getBody()))
                    .contains("broker_unavailable", "send it again")
                    .doesNotContain("192.0.2.1");
            assertThat(log.lines())
                    .extracting(CapturedLog.Line::text)
                    .containsExactly("a request is answered 503: no route to 192.0.2.1 (send it again)");
        }
    }

    @Test
    void anythingElseIsTheServersFault() {
        ResponseEntity<ProblemDetail> answer = advice.unexpected(new IOException("disk full"));
        HttpStatusCode status = answer == null ? HttpStatus.OK : answer.getStatusCode();
        assertThat(status).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }
}
