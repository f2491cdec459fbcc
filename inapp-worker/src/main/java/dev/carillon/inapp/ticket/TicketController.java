package dev.carillon.inapp.ticket;

import dev.carillon.platform.http.ProblemException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives tickets to callers with a token, for what cannot send a header: EventSource and WebSocket. */
@RestController
final class TicketController {
    private final StreamTickets tickets;

    TicketController(StreamTickets tickets) {
        this.tickets = tickets;
    }

    /**
     * A ticket.
     *
     * @param ticket for the parameter of the same name; opens one connection
     * @param expiresIn seconds within which it does
     */
    record Issued(String ticket, long expiresIn) {}

    @PostMapping("/api/v1/notifications/stream-ticket")
    ResponseEntity<Issued> issue(Authentication authentication) {
        StreamCaller caller = StreamCaller.of(authentication);
        if (caller == null) {
            throw ProblemException.of(HttpStatus.UNAUTHORIZED, "an end user's token is required");
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Issued(tickets.ticket(caller), tickets.life().toSeconds()));
    }
}
