package dev.carillon.ingest.console;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.RequestKey;
import dev.carillon.ingest.console.Sessions.Session;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The key of whoever is signed in to the console, for the calls of its pages. The cookie alone is not enough: a header
 * must repeat the session's token, also where nothing is changed.
 */
final class ConsoleKey implements RequestKey {
    static final String COOKIE = "carillon-console";
    static final String CSRF_HEADER = "X-Carillon-Csrf";
    /** Set by pages that refresh themselves: nobody did anything. */
    static final String BACKGROUND_HEADER = "X-Carillon-Background";

    private final Sessions sessions;

    ConsoleKey(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public @Nullable ApiKey of(HttpServletRequest request) {
        String token = token(request);
        if (token == null || request.getHeader(CSRF_HEADER) == null) {
            return null;
        }
        Session session = sessions.find(token, request.getHeader(BACKGROUND_HEADER) == null);
        return session != null && session.isRepeatedBy(request.getHeader(CSRF_HEADER)) ? session.key() : null;
    }

    /** What the cookie says, or null where there is none. */
    static @Nullable String token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }
}
