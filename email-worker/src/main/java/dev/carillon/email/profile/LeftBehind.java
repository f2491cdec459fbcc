package dev.carillon.email.profile;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Publishes what was written and not published, because the broker or this process was gone. */
public final class LeftBehind {
    private final List<BooleanSupplier> publishers;

    /** @param publishers each publishes a portion and tells whether there may be more */
    public LeftBehind(List<BooleanSupplier> publishers) {
        this.publishers = List.copyOf(publishers);
    }

    public void publish() {
        for (BooleanSupplier publisher : publishers) {
            boolean more = true;
            while (more) {
                more = publisher.getAsBoolean();
            }
        }
    }
}
