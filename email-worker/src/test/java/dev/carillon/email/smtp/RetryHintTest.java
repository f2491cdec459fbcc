package dev.carillon.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintTest {

    @ParameterizedTest
    @CsvSource({
        "'Greylisted, please try again in 300 seconds', PT5M",
        "'Greylisting in action, please come back after 00:04:32', PT4M32S",
        "'Too many messages, retry after 2 minutes', PT2M",
        "'try again in 1 hour', PT1H",
        "'wait 30s', PT30S",
        "'blocked for 99999 hours', PT6H"
    })
    void readsWhenToComeBack(String text, Duration hint) {
        assertThat(RetryHint.in(text)).isEqualTo(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailbox full", "try again later", "4 messages in queue", "", "in 123456789 seconds"})
    void saysNothingWhereTheRelaySaysNothing(String text) {
        assertThat(RetryHint.in(text)).isNull();
    }

    @Test
    void onlyATransientReplyIsAHint() {
        assertThat(SmtpReply.of(450, "4.7.1 try again in 60 seconds").retryAfter())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(SmtpReply.of(550, "5.7.1 try again in 60 seconds").retryAfter())
                .isNull();
    }
}
