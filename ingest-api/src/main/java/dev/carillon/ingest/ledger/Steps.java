package dev.carillon.ingest.ledger;

import dev.carillon.schemas.outcome.OutcomeState;
import java.util.ArrayList;
import java.util.List;

/** The steps of a notification on one channel, oldest first. The last one says how it stands. */
final class Steps {
    /** More can only be attempts; the first step and the latest are kept. */
    static final int MOST = 20;

    private Steps() {}

    /** {@code known} with {@code fresh} at its place; the same where it is there already. */
    static List<Step> with(List<Step> known, Step fresh) {
        if (known.contains(fresh)) {
            return known;
        }
        List<Step> all = new ArrayList<>(known);
        all.add(placeOf(known, fresh), fresh);
        if (all.size() > MOST) {
            all.remove(1);
        }
        return List.copyOf(all);
    }

    /** A worker may be faster than the transaction that tells what was routed to it. */
    private static int placeOf(List<Step> known, Step fresh) {
        int place = known.size();
        while (fresh.state() == OutcomeState.ROUTED
                && place > 0
                && !known.get(place - 1).isDecision()) {
            place--;
        }
        return place;
    }
}
