package dev.carillon.inapp.live;

import dev.carillon.inapp.owner.FeedOwner;
import dev.carillon.inapp.ticket.StreamCaller;
import dev.carillon.inapp.ticket.StreamTickets;
import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Opens WebSockets. A caller comes with a token as header, with a ticket, or says who it is in its first message. */
@RestController
final class WsController {
    private static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private final WsServices services;
    private final StreamTickets tickets;

    WsController(WsServices services, StreamTickets tickets) {
        this.services = services;
        this.tickets = tickets;
    }

    @GetMapping({"/api/v1/notifications/ws", "/api/v1/ws/notifications"})
    void open(
            @RequestParam(required = false) @Nullable String ticket,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String scope,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw ProblemException.of(
                    HttpStatus.UPGRADE_REQUIRED, "upgrade_required", "this is a WebSocket: ask for the upgrade to it");
        }
        StreamCaller caller = StreamCaller.of(SecurityContextHolder.getContext().getAuthentication());
        if (caller == null && ticket != null) {
            FeedOwner.requireKnown(scope);
            caller = tickets.redeem(ticket)
                    .orElseThrow(() -> ProblemException.of(
                            HttpStatus.UNAUTHORIZED, "a ticket that is valid and was not used is required"));
        }
        WsConnection connection = new WsConnection(services, caller == null ? null : caller.in(scope), since, scope);
        var _ = container(request.getServletContext()).upgrade((asked, answer) -> connection, request, response);
    }

    private static JettyWebSocketServerContainer container(ServletContext context) {
        JettyWebSocketServerContainer known = JettyWebSocketServerContainer.getContainer(context);
        return known == null ? create(context) : known;
    }

    private static synchronized JettyWebSocketServerContainer create(ServletContext context) {
        ServletContextHandler handler = ServletContextHandler.getServletContextHandler(context);
        var _ = WebSocketServerComponents.ensureWebSocketComponents(handler.getServer(), handler);
        JettyWebSocketServerContainer container = JettyWebSocketServerContainer.ensureContainer(context);
        container.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
        container.setMaxBinaryMessageSize(1);
        return container;
    }
}
