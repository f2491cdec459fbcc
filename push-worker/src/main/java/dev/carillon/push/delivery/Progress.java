package dev.carillon.push.delivery;

import dev.carillon.schemas.delivery.Attempts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * For which devices a delivery is settled, as carried by its attempts: {@code +id} took it, {@code -id} never will.
 */
record Progress(Set<String> marks) {
    private static final String ACCEPTED = "+";
    private static final String OUT = "-";

    Progress {
        marks = Set.copyOf(marks);
    }

    static Progress of(Attempts attempts) {
        return new Progress(new HashSet<>(attempts.done()));
    }

    boolean settled(UUID device) {
        return marks.contains(ACCEPTED + device) || marks.contains(OUT + device);
    }

    boolean anyAccepted() {
        return marks.stream().anyMatch(mark -> mark.startsWith(ACCEPTED));
    }

    /** The marks after these results, in a stable order. */
    List<String> after(List<DeviceResult> results) {
        Set<String> next = new HashSet<>(marks);
        for (DeviceResult result : results) {
            switch (result) {
                case DeviceResult.Taken taken ->
                    next.add(ACCEPTED + taken.device().id());
                case DeviceResult.Gone gone -> next.add(OUT + gone.device().id());
                case DeviceResult.Refused refused ->
                    next.add(OUT + refused.device().id());
                case DeviceResult.Later _ -> {}
            }
        }
        List<String> sorted = new ArrayList<>(next);
        sorted.sort(null);
        return sorted;
    }
}
