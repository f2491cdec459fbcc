package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one notification has climbed the steps of its type: it says when the turn of the next one comes. A step that
 * is skipped leaves its turn to the next, which so is due at once where the turn had come.
 */
public sealed interface Ladder {

    /** When the turn of {@code step} comes, the next one. */
    Turn turn(Step step);

    /** The channel whose delivery the next step waits behind; null where there is none. */
    @Nullable Channel behind();

    /** @param from when the event is to be told: not before now */
    static Ladder start(Instant from) {
        return new Start(from);
    }

    /** A delivery goes out, on {@code channel} at {@code time}. */
    static Ladder out(Channel channel, Instant time) {
        return new Out(channel, time, channel == Channel.INAPP);
    }

    /** A step did not get through, whose turn came at {@code time}. */
    static Ladder skipped(Instant time) {
        return new Skipped(time);
    }

    /** One step further, where {@code turn} led to {@code decision}. */
    default Ladder after(Step step, Turn turn, Decision decision, Instant now) {
        return switch (decision) {
            case Decision.Deliver ignored -> out(step.channel(), now);
            case Decision.Hold hold ->
                hold.gate() == Gate.FALLBACK ? this : new Out(step.channel(), hold.until(), false);
            case Decision.Suppress ignored -> turn instanceof Turn.At(Instant time) ? skipped(time) : this;
        };
    }

    /** Before the first step. */
    record Start(Instant from) implements Ladder {
        @Override
        public Turn turn(Step step) {
            return step.after() == null ? Turn.NOW : new Turn.At(from.plus(step.after()));
        }

        @Override
        public @Nullable Channel behind() {
            return null;
        }
    }

    /** Behind steps that were skipped, and none that goes out. */
    record Skipped(Instant time) implements Ladder {
        @Override
        public Turn turn(Step step) {
            return new Turn.At(time);
        }

        @Override
        public @Nullable Channel behind() {
            return null;
        }
    }

    /**
     * Behind a step that goes out.
     *
     * @param surely nothing can come in its way any more
     */
    record Out(Channel channel, Instant time, boolean surely) implements Ladder {
        @Override
        public Turn turn(Step step) {
            if (step.after() != null) {
                return new Turn.At(time.plus(step.after()));
            }
            return surely ? new Turn.Never() : new Turn.Fallback();
        }

        @Override
        public Channel behind() {
            return channel;
        }
    }
}
