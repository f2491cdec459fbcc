package dev.carillon.inapp.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connected clients of this replica, by what they listen to, oldest first. */
final class LiveSessions {
    private static final LiveSession[] NONE = {};

    private final ConcurrentHashMap<String, LiveSession[]> byKey = new ConcurrentHashMap<>();
    private final StreamDurations durations;

    LiveSessions(StreamDurations durations) {
        this.durations = durations;
    }

    /**
     * Of one feed's sessions, oldest first, what makes room for another.
     *
     * @param open to be told why they end: those that end already do not count, so that {@code max} stay
     * @param ending to be cut: of those that were told and stand on, at most {@code max} may
     */
    record Surplus(List<LiveSession> open, List<LiveSession> ending) {
        static final Surplus NOTHING = new Surplus(List.of(), List.of());

        static Surplus of(List<LiveSession> own, int max) {
            List<LiveSession> open =
                    own.stream().filter(one -> !one.isClosing()).toList();
            List<LiveSession> ending =
                    own.stream().filter(LiveSession::isClosing).toList();
            return new Surplus(beyond(open, max), beyond(ending, max));
        }

        private static List<LiveSession> beyond(List<LiveSession> sessions, int max) {
            return sessions.subList(0, Math.max(0, sessions.size() - max));
        }
    }

    /** @return what there is too much of the same feed with {@code session} */
    Surplus add(LiveSession session, int max) {
        durations.opened(session);
        LiveSession[] listening = NONE;
        for (String key : session.listening().keys()) {
            if (!key.equals(Listening.EVERYBODY)) {
                LiveSession[] all = byKey.merge(key, new LiveSession[] {session}, LiveSessions::concat);
                listening = key.equals(session.recipient().value()) ? all : listening;
            }
        }
        if (listening.length <= max) {
            return Surplus.NOTHING;
        }
        // Streams of a user listen to what is for her session too.
        List<LiveSession> own = Arrays.stream(listening)
                .filter(one -> one.recipient().equals(session.recipient()))
                .toList();
        return Surplus.of(own, max);
    }

    void remove(LiveSession session) {
        durations.ended(session);
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
