package dev.carillon.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureSentenceTest {

    @Test
    void prefersTheMessageThatNamesASetting() {
        Throwable inner = new IllegalArgumentException("not an address");
        Throwable named = new IllegalArgumentException("carillon.email.from: not an address", inner);
        assertThat(FailureSentence.of(new IllegalStateException("beans", named)))
                .isEqualTo("The services did not start: carillon.email.from: not an address");
    }

    @Test
    void elseTellsTheInnermostCauseInOneLine() {
        Throwable inner = new IllegalStateException("away\n  for now");
        assertThat(FailureSentence.of(new IllegalStateException("beans", inner)))
                .isEqualTo("The services did not start: away for now");
    }
}
