package dev.carillon.email.smtp;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a relay does, for operators.
 *
 * @param restsUntil when it is tried again after it could not be reached; null while it works
 * @param held mails that wait for it in this process or are being handed over
 * @param sessions how many messages it is handed at the same time, at most
 */
public record RelayState(
        String name,
        String host,
        int port,
        @Nullable Instant restsUntil,
        int held,
        int sessions,
        @Nullable String rate,
        List<String> failOver,
        List<String> types,
        List<String> categories) {

    static RelayState of(GuardedRelay relay, RelaySettings settings) {
        return new RelayState(
                relay.name(),
                String.valueOf(settings.host()),
                settings.port(),
                relay.restsUntil(),
                relay.held(),
                relay.relay().sessions(),
                settings.rate(),
                settings.failOver(),
                settings.types(),
                settings.categories());
    }
}
