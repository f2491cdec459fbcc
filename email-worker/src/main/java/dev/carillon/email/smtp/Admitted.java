package dev.carillon.email.smtp;

import dev.carillon.email.smtp.SmtpResult.Obstacle;
import dev.carillon.schemas.Lane;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A mail that has its place at a relay, until it is closed. Used by one thread. */
public final class Admitted implements Admission, AutoCloseable {
    /** With less time than this a hand-over is not begun at another relay. */
    private static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(1);

    /** Of a mail that nothing else limits. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final List<GuardedRelay> relays;
    private final Lane lane;
    private final long latestEnd;

    /** @param relays the one that let it in, and those that take its mails when it fails */
    Admitted(List<GuardedRelay> relays, Lane lane) {
        this(List.copyOf(relays), lane, System.nanoTime() + LATEST.toNanos());
    }

    private Admitted(List<GuardedRelay> relays, Lane lane, long latestEnd) {
        this.relays = relays;
        this.lane = lane;
        this.latestEnd = latestEnd;
    }

    /** The same place, whose hand-over ends by then on the scale of {@link System#nanoTime()}. */
    public Admitted within(long deadline) {
        return new Admitted(relays, lane, deadline);
    }

    /** How long {@link #send} takes at the longest. */
    public Duration longestSend() {
        Duration longest = relays.stream()
                .map(relay -> relay.relay().longestSend())
                .max(Duration::compareTo)
                .orElseThrow();
        Duration left = Duration.ofNanos(latestEnd - System.nanoTime());
        return left.compareTo(longest) < 0 ? left : longest;
    }

    /**
     * Hands the mail over, to the next relay where one fails before it can have anything of it.
     *
     * @param message complete, with CRLF line ends
     * @param stillWanted asked right before a hand-over begins and again before the content is written
     */
    public SmtpResult send(Envelope envelope, byte[] message, BooleanSupplier stillWanted) {
        Duration longest = longestSend();
        if (longest.compareTo(SHORTEST_ATTEMPT) < 0) {
            return new SmtpResult.Unreachable(Obstacle.BUSY, "too little time was left for the hand-over");
        }
        long deadline = System.nanoTime() + longest.toNanos();
        @Nullable SmtpResult result = null;
        for (GuardedRelay relay : relays) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (result != null && left.compareTo(SHORTEST_ATTEMPT) < 0) {
                break;
            }
            boolean first = relay == relays.getFirst();
            SmtpResult tried = relay.send(new GuardedRelay.HandOver(envelope, message, stillWanted, left), first);
            result = tried == null ? result : tried;
            if (result != null && !leavesItToOthers(result)) {
                break;
            }
        }
        return result == null
                ? new SmtpResult.Unreachable(Obstacle.BUSY, relays.getFirst().name() + " is being tried by another")
                : result;
    }

    /** Whether the relay cannot have the mail, and cannot be expected to take another. */
    private static boolean leavesItToOthers(SmtpResult result) {
        return switch (result) {
            case SmtpResult.Unreachable(Obstacle obstacle, String _) -> obstacle != Obstacle.BUSY;
            case SmtpResult.Deferred(SmtpResult.Step step, SmtpReply reply) ->
                step == SmtpResult.Step.SENDER && reply.closesSession();
            case SmtpResult.Accepted _,
                    SmtpResult.Refused _,
                    SmtpResult.Unsupported _,
                    SmtpResult.Withdrawn _,
                    SmtpResult.Uncertain _ -> false;
        };
    }

    /** Gives its place to the next. */
    @Override
    public void close() {
        relays.getFirst().leave(lane);
    }
}
