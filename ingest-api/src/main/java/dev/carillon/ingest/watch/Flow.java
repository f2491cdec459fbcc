package dev.carillon.ingest.watch;

import dev.carillon.ingest.deadletter.OpenLetters;
import dev.carillon.schemas.Lane;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline as operators see it.
 *
 * @param at when it was measured
 * @param ageSeconds how long ago that is
 * @param overSeconds what the rates are the mean of; null until there are two measurements
 */
record Flow(Instant at, double ageSeconds, @Nullable Double overSeconds, List<At> stages, List<Open> deadLetters) {

    /**
     * One stage, in one lane.
     *
     * @param lane null where there is one for all
     * @param arrivingPerSecond null until there are two measurements
     * @param donePerSecond likewise
     * @param retrying null where nothing is tried again
     * @param failingPerSecond attempts that failed or were put off, to be tried again; null where nothing is, and until there
     *     are two measurements
     * @param dead open dead letters whose records were in the stage's topic or its retries
     * @param read false where its service has never read anything
     * @param countsCommits the ends of the router's transactions are counted too, never more of them than records
     */
    record At(
            String stage,
            @Nullable Lane lane,
            @Nullable Double arrivingPerSecond,
            @Nullable Double donePerSecond,
            long waiting,
            @Nullable Long retrying,
            @Nullable Double failingPerSecond,
            long dead,
            boolean read,
            boolean countsCommits) {

        /** @param seconds since {@code before}; 0 where there is no rate */
        static At of(StageCount now, StageCount before, double seconds, OpenLetters.Counts open) {
            Stage stage = now.stage();
            return new At(
                    stage.code(),
                    stage.lane(),
                    rate(now.read().end() - before.read().end(), seconds),
                    rate(now.read().next() - before.read().next(), seconds),
                    now.read().waiting(),
                    stage.retries().isEmpty() ? null : now.retrying(),
                    stage.retries().isEmpty() ? null : rate(now.failed() - before.failed(), seconds),
                    open.at(stage.letters(), stage.lane()),
                    now.read().known(),
                    stage.transactional());
        }

        /** A topic that was made anew begins at 0 again: that is no flow backwards. */
        private static @Nullable Double rate(long offsets, double seconds) {
            return seconds <= 0 ? null : tenths(Math.max(0, offsets) / seconds);
        }
    }

    /** Dead letters that nobody has done anything about, of a channel or a service. */
    record Open(String channel, long open) {

        static List<Open> all(OpenLetters.Counts counts) {
            return counts.byChannel().entrySet().stream()
                    .map(one -> new Open(one.getKey(), one.getValue()))
                    .toList();
        }
    }

    static double tenths(double exact) {
        return Math.round(exact * 10) / 10.0;
    }
}
