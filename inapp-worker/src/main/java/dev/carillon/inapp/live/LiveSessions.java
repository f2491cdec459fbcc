package dev.carillon.inapp.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connected clients of this replica, by recipient, oldest first. */
final class LiveSessions {
    private static final LiveSession[] NONE = {};

    private final ConcurrentHashMap<String, LiveSession[]> byRecipient = new ConcurrentHashMap<>();

    /** @return the oldest of the same recipient where there are now more than {@code max} */
    @Nullable LiveSession add(LiveSession session, int max) {
        LiveSession[] all =
                byRecipient.merge(session.recipient().value(), new LiveSession[] {session}, LiveSessions::concat);
        return all.length > max ? all[0] : null;
    }

    void remove(LiveSession session) {
        byRecipient.computeIfPresent(session.recipient().value(), (recipient, all) -> {
            LiveSession[] rest =
                    Arrays.stream(all).filter(other -> other != session).toArray(LiveSession[]::new);
            return rest.length == 0 ? null : rest;
        });
    }

    LiveSession[] of(byte[] recipientUtf8) {
        return of(new String(recipientUtf8, StandardCharsets.UTF_8));
    }

    LiveSession[] of(String recipient) {
        return byRecipient.getOrDefault(recipient, NONE);
    }

    void forEach(Consumer<LiveSession> action) {
        byRecipient.values().forEach(all -> {
            for (LiveSession session : all) {
                action.accept(session);
            }
        });
    }

    private static LiveSession[] concat(LiveSession[] all, LiveSession[] added) {
        LiveSession[] more = Arrays.copyOf(all, all.length + added.length);
        System.arraycopy(added, 0, more, all.length, added.length);
        return more;
    }
}
