package dev.carillon.schemas.type;

import dev.carillon.schemas.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a recipient gets at most. Counted is what goes out, a digest as one, also of types that do not have the cap
 * themselves; critical types neither count nor wait.
 *
 * @param channel null: e-mail and push together
 * @param category counts what is of this category only; null: everything
 * @param most deliveries per period, 1 to {@link #MOST}
 */
public record Cap(@Nullable Channel channel, @Nullable String category, int most, Period per) {
    /** The times of that many deliveries are remembered per recipient. */
    public static final int MOST = 200;

    public Cap {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("a cap must be 1 to " + MOST + ": " + most);
        }
        per = per == null ? Period.DAY : per;
    }

    /** The time that it looks back from now: no calendar hour or day. */
    public enum Period {
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7));

        private final Duration length;

        Period(Duration length) {
            this.length = length;
        }

        public Duration length() {
            return length;
        }
    }

    /** Whether a delivery counts here. */
    public boolean counts(Channel on, @Nullable String of) {
        boolean counted = channel == null ? on != Channel.INAPP : channel == on;
        return counted && (category == null || category.equals(of));
    }
}
