package dev.carillon.schemas.recipient;

import dev.carillon.schemas.Channel;
import org.jspecify.annotations.Nullable;

/** Whole channels on or off; an absent one is on. */
public record ChannelSwitches(
        @Nullable Boolean inApp,
        @Nullable Boolean email,
        @Nullable Boolean push) {

    public static ChannelSwitches allOn() {
        return new ChannelSwitches(null, null, null);
    }

    public boolean isOn(Channel channel) {
        Boolean on = switch (channel) {
            case INAPP -> inApp;
            case EMAIL -> email;
            case PUSH -> push;
        };
        return on == null || on;
    }
}
