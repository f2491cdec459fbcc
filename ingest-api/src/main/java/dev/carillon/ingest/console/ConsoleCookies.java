package dev.carillon.ingest.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * The cookies of the console: of who is signed in, and of each sign-in at an issuer that has begun. Where browsers come
 * over TLS their names begin with {@code __Host-} (RFC 6265bis, section 4.1.3.2), so that no other host of the domain and
 * nobody on a plain line can plant one.
 */
final class ConsoleCookies {
    private static final String HOST = "__Host-";
    private static final String SESSION = "carillon-console";
    private static final String SIGN_IN = SESSION + "-oidc-";
    /** Each is at most 1 KiB, and the server takes 8 KiB of headers. */
    private static final int MOST_SIGN_INS = 4;

    private static final Duration WITH_THE_BROWSER = Duration.ofSeconds(-1);

    private final boolean alwaysTls;

    /** @param alwaysTls whether browsers come over TLS also where the proxy does not say so */
    ConsoleCookies(boolean alwaysTls) {
        this.alwaysTls = alwaysTls;
    }

    /** The token of whoever is signed in, or null. */
    @Nullable String session(HttpServletRequest request) {
        return value(request, name(request, SESSION));
    }

    /** Goes to no request that another site begins; the API's paths need it too. */
    String keepSession(HttpServletRequest request, String token) {
        return cookie(request, SESSION, token, "Strict", WITH_THE_BROWSER);
    }

    String endSession(HttpServletRequest request) {
        return cookie(request, SESSION, "", "Strict", Duration.ZERO);
    }

    /** What is kept of a sign-in, or null. */
    @Nullable String signIn(HttpServletRequest request, String id) {
        return value(request, name(request, SIGN_IN + id));
    }

    /** Comes back with the browser that another site sends here, which the session's own does not. */
    String keepSignIn(HttpServletRequest request, String id, String text, Duration life) {
        return cookie(request, SIGN_IN + id, text, "Lax", life);
    }

    String endSignIn(HttpServletRequest request, String id) {
        return keepSignIn(request, id, "", Duration.ZERO);
    }

    /** Ends all that have begun where there are many: links of other sites can begin more, and headers have an end. */
    List<String> endManySignIns(HttpServletRequest request) {
        String prefix = name(request, SIGN_IN);
        List<String> begun = all(request)
                .map(Cookie::getName)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
        return begun.size() < MOST_SIGN_INS
                ? List.of()
                : begun.stream().map(id -> endSignIn(request, id)).toList();
    }

    private boolean isSecure(HttpServletRequest request) {
        return alwaysTls || request.isSecure();
    }

    private String name(HttpServletRequest request, String plain) {
        return isSecure(request) ? HOST + plain : plain;
    }

    private String cookie(HttpServletRequest request, String plain, String text, String sameSite, Duration life) {
        return ResponseCookie.from(name(request, plain), text)
                .httpOnly(true)
                .secure(isSecure(request))
                .sameSite(sameSite)
                .path("/")
                .maxAge(life)
                .build()
                .toString();
    }

    private static @Nullable String value(HttpServletRequest request, String name) {
        return all(request)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Cookie> all(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? Stream.empty() : Stream.of(cookies);
    }
}
