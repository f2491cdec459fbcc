package dev.carillon.ingest.watch;

import dev.carillon.ingest.deadletter.OpenLetters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last measurements of all stages. Whoever asks for the flow gets what is known; the broker is asked more often while
 * somebody does, and no more often for many.
 */
final class FlowSamples {
    /** What the rates are the mean of, at least: two rounds of 5 s, which may be a little short. */
    static final Duration WINDOW = Duration.ofSeconds(9);

    /** How long after the last question somebody is taken to look on: the page asks every 5 s. */
    private static final Duration WATCHED = Duration.ofSeconds(20);

    /** How old a measurement gets while nobody looks on. */
    private static final Duration UNWATCHED = Duration.ofSeconds(14);

    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Instant asked = Instant.EPOCH;

    FlowSamples(Clock clock) {
        this.clock = clock;
    }

    private record Sample(Instant at, List<StageCount> counts) {}

    synchronized boolean due() {
        Instant now = clock.instant();
        return samples.isEmpty()
                || now.isBefore(asked.plus(WATCHED))
                || !now.isBefore(samples.getLast().at().plus(UNWATCHED));
    }

    synchronized void add(List<StageCount> counts) {
        Instant now = clock.instant();
        // A machine's clock may be set back.
        samples.removeIf(sample -> sample.at().isAfter(now));
        samples.addLast(new Sample(now, List.copyOf(counts)));
        while (samples.size() > 2 && !second().at().isAfter(now.minus(WINDOW))) {
            samples.removeFirst();
        }
    }

    private Sample second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }

    /** Null where nothing has been measured yet. */
    synchronized @Nullable Flow ask(OpenLetters.Counts open) {
        asked = clock.instant();
        if (samples.isEmpty()) {
            return null;
        }
        Sample last = samples.getLast();
        Sample first = samples.getFirst();
        double seconds = seconds(first.at(), last.at());
        Map<Stage, StageCount> before =
                first.counts().stream().collect(Collectors.toMap(StageCount::stage, Function.identity()));
        List<Flow.At> stages = last.counts().stream()
                .map(now -> Flow.At.of(now, before.getOrDefault(now.stage(), now), seconds, open))
                .toList();
        Double over = seconds <= 0 ? null : Flow.tenths(seconds);
        return new Flow(last.at(), Flow.tenths(seconds(last.at(), asked)), over, stages, Flow.Open.all(open));
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
