package dev.carillon.push.report;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.SendBeforeAnswer;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.activity.Activity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what a service worker saw happen to a push. Who calls is who has the push: its token is the only credential. A
 * repeated report changes nothing.
 */
@RestController
@RequestMapping("/api/v1/push")
public final class ReportController {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final ReportTokens tokens;
    private final RecordSender records;
    private final TopicSpec activity;
    private final Clock clock;

    public ReportController(ReportTokens tokens, RecordSender records, TopicSpec activity, Clock clock) {
        this.tokens = tokens;
        this.records = records;
        this.activity = activity;
        this.clock = clock;
    }

    @PostMapping(path = "/report", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void report(@RequestBody Report report) {
        String token = report.token();
        if (token == null) {
            throw ProblemException.invalid("token", "required", "is required");
        }
        Instant now = clock.instant();
        ReportTokens.Subject subject = tokens.read(token, now);
        if (subject == null) {
            throw ProblemException.of(HttpStatus.UNAUTHORIZED, "the token is none of a push of ours, or has expired");
        }
        acknowledge(activity(report.event(), subject, now));
    }

    /** What a service worker sends; {@code event} is {@code clicked} or {@code closed}. */
    record Report(@Nullable String token, @Nullable String event) {}

    /** Closed is seen, not read: what waits on other channels still goes out. */
    private static Activity activity(@Nullable String event, ReportTokens.Subject subject, Instant now) {
        return switch (event) {
            case "clicked" -> new Activity.Clicked(subject.recipient(), subject.notification(), Channel.PUSH, now);
            case "closed" -> new Activity.Seen(subject.recipient(), List.of(subject.notification()), now, Channel.PUSH);
            case null, default -> throw ProblemException.invalid("event", "one_of", "must be clicked or closed");
        };
    }

    private void acknowledge(Activity done) {
        OutgoingRecord record = OutgoingRecord.of(activity, done.recipient(), done);
        SendBeforeAnswer.all(records, List.of(record), LIMIT, ReportController::unavailable);
    }

    private static ProblemException unavailable(Exception cause) {
        return ProblemException.brokerUnavailable(
                "the report is not recorded; send it again", Duration.ofSeconds(1), cause);
    }
}
