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
}
