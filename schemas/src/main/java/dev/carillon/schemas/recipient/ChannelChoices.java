package dev.carillon.schemas.recipient;

import dev.carillon.schemas.Channel;
import org.jspecify.annotations.Nullable;

/** A choice per channel; null where the recipient left it to what applies next. */
public record ChannelChoices(
        @Nullable Choice inApp,
        @Nullable Choice email,
        @Nullable Choice push) {

    public @Nullable Choice of(Channel channel) {
        return switch (channel) {
            case INAPP -> inApp;
            case EMAIL -> email;
            case PUSH -> push;
        };
    }

    /** The same with another choice for {@code channel}. */
    public ChannelChoices with(Channel channel, @Nullable Choice choice) {
        return switch (channel) {
            case INAPP -> new ChannelChoices(choice, email, push);
            case EMAIL -> new ChannelChoices(inApp, choice, push);
            case PUSH -> new ChannelChoices(inApp, email, choice);
        };
    }
}
