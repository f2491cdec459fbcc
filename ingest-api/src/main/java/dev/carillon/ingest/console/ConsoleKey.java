package dev.carillon.ingest.console;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.RequestKey;
import dev.carillon.ingest.console.Sessions.Session;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The key of whoever is signed in to the console, for the calls of its pages. The cookie alone is not enough: a header
 * must repeat the session's token, also where nothing is changed.
 */
final class ConsoleKey implements RequestKey {
    static final String CSRF_HEADER = "X-Carillon-Csrf";
    /** Set by pages that refresh themselves: nobody did anything. */
    static final String BACKGROUND_HEADER = "X-Carillon-Background";

    private final Sessions sessions;
    private final ConsoleCookies cookies;

    ConsoleKey(Sessions sessions, ConsoleCookies cookies) {
        this.sessions = sessions;
        this.cookies = cookies;
    }

    @Override
    public @Nullable ApiKey of(HttpServletRequest request) {
        String token = cookies.session(request);
        if (token == null || request.getHeader(CSRF_HEADER) == null) {
            return null;
        }
        Session session = sessions.find(token, request.getHeader(BACKGROUND_HEADER) == null);
        return session != null && session.isRepeatedBy(request.getHeader(CSRF_HEADER)) ? session.key() : null;
    }
}
