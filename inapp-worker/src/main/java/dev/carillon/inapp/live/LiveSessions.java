package dev.carillon.inapp.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connected clients of this replica, by what they listen to, oldest first. */
final class LiveSessions {
    private static final LiveSession[] NONE = {};

    private final ConcurrentHashMap<String, LiveSession[]> byKey = new ConcurrentHashMap<>();

    /** @return the oldest of the same recipient where there are now more than {@code max} */
    @Nullable LiveSession add(LiveSession session, int max) {
        LiveSession[] own = NONE;
        for (String key : session.listening().keys()) {
            if (!key.equals(Listening.EVERYBODY)) {
                LiveSession[] all = byKey.merge(key, new LiveSession[] {session}, LiveSessions::concat);
                own = key.equals(session.recipient().value()) ? all : own;
            }
        }
        return own.length > max ? own[0] : null;
    }

    void remove(LiveSession session) {
        for (String key : session.listening().keys()) {
            byKey.computeIfPresent(key, (name, all) -> {
                LiveSession[] rest =
                        Arrays.stream(all).filter(other -> other != session).toArray(LiveSession[]::new);
                return rest.length == 0 ? null : rest;
            });
        }
    }

    LiveSession[] of(byte[] keyUtf8) {
        return of(new String(keyUtf8, StandardCharsets.UTF_8));
    }

    /** Those who listen to {@code key}, a recipient's or session's. */
    LiveSession[] of(String key) {
        return byKey.getOrDefault(key, NONE);
    }

    /** Each once. */
    void forEach(Consumer<LiveSession> action) {
        byKey.forEach((key, all) -> {
            for (LiveSession session : all) {
                if (session.recipient().value().equals(key)) {
                    action.accept(session);
                }
            }
        });
    }

    int count() {
        int[] count = {0};
        forEach(session -> count[0]++);
        return count[0];
    }

    private static LiveSession[] concat(LiveSession[] all, LiveSession[] added) {
        LiveSession[] more = Arrays.copyOf(all, all.length + added.length);
        System.arraycopy(added, 0, more, all.length, added.length);
        return more;
    }
}
