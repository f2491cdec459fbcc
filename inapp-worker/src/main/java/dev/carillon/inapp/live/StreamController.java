package dev.carillon.inapp.live;

import dev.carillon.inapp.owner.FeedOwner;
import dev.carillon.inapp.ticket.StreamCaller;
import dev.carillon.inapp.ticket.StreamTickets;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Opens live streams. A caller comes with a token; or with a ticket, and gets a pass as a cookie; or with that cookie,
 * when a browser reconnects by itself.
 */
@RestController
final class StreamController {
    static final String PATH = "/api/v1/notifications/stream";
    private static final String COOKIE = "carillon_stream";
    private static final long RETRY_MS = 1_000;

    private final LiveServer live;
    private final StreamTickets tickets;
    private final Clock clock;

    StreamController(LiveServer live, StreamTickets tickets, Clock clock) {
        this.live = live;
        this.tickets = tickets;
        this.clock = clock;
    }

    @GetMapping(PATH)
    void stream(
            @RequestParam(required = false) @Nullable String ticket,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String scope,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @CookieValue(name = COOKIE, required = false) @Nullable String pass,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        // Before anything is redeemed: what is refused costs no ticket.
        FeedOwner.requireKnown(scope);
        LivePosition from = from(lastEventId, since);
        StreamCaller caller = StreamCaller.of(SecurityContextHolder.getContext().getAuthentication());
        if (caller == null && pass != null && lastEventId != null) {
            // A browser's reconnect repeats the URL, whose ticket is used by then.
            caller = tickets.admit(pass).orElse(null);
        }
        if (caller == null && ticket != null) {
            caller = tickets.redeem(ticket).orElse(null);
            if (caller != null) {
                response.addHeader(
                        HttpHeaders.SET_COOKIE, cookie(caller, request).toString());
            }
        }
        if (caller == null && pass != null) {
            caller = tickets.admit(pass).orElse(null);
        }
        if (caller == null) {
            throw ProblemException.of(
                    HttpStatus.UNAUTHORIZED, "a valid bearer token, or a ticket that was not used, is required");
        }
        SseTakeover takeover = SseTakeover.of(request, live.admit(caller.in(scope), from));
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        takeover.begin(response, RETRY_MS);
    }

    private ResponseCookie cookie(StreamCaller caller, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, tickets.pass(caller))
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .path(PATH)
                .maxAge(Duration.between(clock.instant(), caller.expiresAt()))
                .build();
    }

    private static @Nullable LivePosition from(@Nullable String lastEventId, @Nullable String since) {
        return lastEventId != null && !lastEventId.isEmpty()
                ? position("Last-Event-ID", lastEventId)
                : position("since", since);
    }

    private static @Nullable LivePosition position(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return LivePosition.parse(text)
                .orElseThrow(() ->
                        ProblemException.parameter(name, "event_id", "must be the id of an event of this stream"));
    }
}
