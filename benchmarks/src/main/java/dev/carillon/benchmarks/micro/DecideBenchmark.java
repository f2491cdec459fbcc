package dev.carillon.benchmarks.micro;

import dev.carillon.router.decision.Candidate;
import dev.carillon.router.decision.Decide;
import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Passed;
import dev.carillon.router.decision.RecipientState;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A decision about e-mail for somebody with preferences of every kind; the floor looks two choices up and no more. */
@State(Scope.Benchmark)
public class DecideBenchmark {
    private final Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final Map<String, ChannelChoices> categories = Map.of(
            "billing", new ChannelChoices(Choice.ON, Choice.ON, Choice.OFF),
            "social", new ChannelChoices(Choice.OFF, Choice.OFF, Choice.OFF));
    private final Map<String, ChannelChoices> types =
            Map.of("invoice.overdue", new ChannelChoices(Choice.ON, Choice.ON, Choice.ON));
    private final Candidate candidate = new Candidate(
            NotificationId.of(EventUid.of("billing", "1"), new RecipientId("ada")),
            now,
            null,
            null,
            "invoice.paid",
            "billing",
            Priority.NORMAL,
            Set.of(Channel.INAPP, Channel.EMAIL),
            false,
            false);
    private final RecipientState ada = new RecipientState(
            new Preferences(ChannelSwitches.allOn(), categories, types, List.<QuietWindow>of(), "Europe/Vienna", null),
            ZoneId.of("Europe/Vienna"),
            true,
            Map.of(Channel.PUSH, false),
            any -> false,
            new RecipientState.Jitter(17, Duration.ofMinutes(5)));
    private final Passed passed = Passed.nothing(candidate, now);

    @Benchmark
    public Decision ours() {
        return Decide.decide(candidate, Channel.EMAIL, ada, passed, now);
    }

    @Benchmark
    public Object floor() {
        ChannelChoices type = types.get("invoice.paid");
        return type == null ? categories.getOrDefault("billing", new ChannelChoices(null, null, null)) : type;
    }
}
