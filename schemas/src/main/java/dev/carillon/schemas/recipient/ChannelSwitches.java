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

    /** The same with {@code channel} on or off. */
    public ChannelSwitches with(Channel channel, boolean on) {
        return switch (channel) {
            case INAPP -> new ChannelSwitches(on, email, push);
            case EMAIL -> new ChannelSwitches(inApp, on, push);
            case PUSH -> new ChannelSwitches(inApp, email, on);
        };
    }
}
