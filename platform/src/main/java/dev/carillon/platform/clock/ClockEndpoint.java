package dev.carillon.platform.clock;

import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Moves the clock of a running service. Exists only where {@code carillon.clock.test-secret} is set, which tests do. */
@RestController
public final class ClockEndpoint {
    private static final int MIN_SECRET_LENGTH = 16;

    private final PipelineClock clock;
    private final byte[] expected;

    public ClockEndpoint(PipelineClock clock, String secret) {
        if (secret.length() < MIN_SECRET_LENGTH) {
            throw new IllegalArgumentException(
                    "carillon.clock.test-secret must have at least " + MIN_SECRET_LENGTH + " characters");
        }
        this.clock = clock;
        this.expected = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
    }

    @PostMapping("/internal/clock")
    Now advance(
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization, @RequestBody Step step) {
        if (!MessageDigest.isEqual(authorization.getBytes(StandardCharsets.UTF_8), expected)) {
            throw ProblemException.of(HttpStatus.UNAUTHORIZED, "the test secret is wrong or missing");
        }
        return new Now(clock.advance(step.advance()));
    }

    /** By how much, as an ISO 8601 duration. */
    record Step(Duration advance) {}

    record Now(Instant now) {}
}
