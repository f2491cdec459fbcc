package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.Cap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a recipient got lately, and what is collected for her, as it is at the moment of asking. */
public interface Pace {
    /** Got nothing, nothing is collected. */
    Pace IDLE = new Pace() {
        @Override
        public @Nullable Window window(Channel channel, Slot slot) {
            return null;
        }

        @Override
        public int emitted(Cap cap, Instant since) {
            return 0;
        }
    };

    /** The window in which {@code slot} is collected; null where none is open. */
    @Nullable Window window(Channel channel, Slot slot);

    /** How many deliveries that {@code cap} counts went out after {@code since}, as far as the cap needs to know. */
    int emitted(Cap cap, Instant since);

    /** An open window. */
    record Window(Instant openedAt, Instant due) {}
}
