package dev.carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    void anythingElseIsTheServersFault() {
        ResponseEntity<ProblemDetail> answer = advice.unexpected(new IOException("disk full"));
        HttpStatusCode status = answer == null ? HttpStatus.OK : answer.getStatusCode();
        assertThat(status).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    }
}
