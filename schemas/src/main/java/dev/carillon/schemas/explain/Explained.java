package dev.carillon.schemas.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one partition answers to a dry run.
 *
 * @param request of the dry run; also the record's key
 * @param reached how many recipients of this partition the event is for
 * @param counted whether {@code reached} is all of them; counting stops at {@link #MOST_COUNTED}
 * @param verdicts about the first {@link #MOST_VERDICTS} of them, ordered by recipient
 * @param detail why it failed, null where it did not
 */
public record Explained(
        String request,
        int partition,
        Finding finding,
        int reached,
        boolean counted,
        List<Verdict> verdicts,
        @Nullable String detail)
        implements Answer {
    /** Of all partitions together the asker shows as many. */
    public static final int MOST_VERDICTS = 100;

    /** The router routes nothing else while it counts: about 50 ms. */
    public static final int MOST_COUNTED = 10_000;

    public Explained {
        verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
    }

    /** Without verdicts. */
    public static Explained of(String request, int partition, Finding finding, @Nullable String detail) {
        return new Explained(request, partition, finding, 0, true, List.of(), detail);
    }

    @Override
    public Explained shortened(String why) {
        return new Explained(request, partition, finding, reached, counted, List.of(), why);
    }

    /** What the partition found. */
    public enum Finding {
        /** The verdicts are what it would decide. */
        DECIDED,
        /** It has decided this event already and would drop it. */
        DUPLICATE,
        /** It does not have the type's newest version yet: ask again. */
        TYPE_PENDING,
        /** It could not compute a decision; the event itself would become a dead letter. */
        FAILED
    }
}
