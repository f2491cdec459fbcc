package dev.carillon.ingest.recipient;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient stopped without a login, as from a mail, and has not taken back.
 *
 * @param name of the type or category; null where the whole channel is meant
 */
record Unsubscription(
        Channel channel, UnsubscribeScope scope, @Nullable String name, Instant at) {

    static Unsubscription of(Activity.Unsubscribed activity) {
        return new Unsubscription(activity.channel(), activity.scope(), activity.name(), activity.at());
    }

    /** Whether both stop the same, whenever that was. */
    boolean stopsSame(Unsubscription other) {
        return channel == other.channel && scope == other.scope && Objects.equals(name, other.name);
    }

    /** The choice that says the same, as the path of a field. */
    String path() {
        String channelName = channel == Channel.INAPP ? "in_app" : channel.code();
        return switch (scope) {
            case TYPE -> "types." + name + "." + channelName;
            case CATEGORY -> "categories." + name + "." + channelName;
            case ALL -> "channels." + channelName;
        };
    }
}
