package dev.carillon.inapp.live;

import dev.carillon.inapp.ticket.StreamCaller;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * A WebSocket. Until it says who its user is it gets nothing, and has a few seconds for it. What is ready at once goes in one frame,
 * one JSON object a line.
 */
public final class WsConnection implements Session.Listener.AutoDemanding, Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(WsConnection.class);

    static final String KIND = "ws";

    /** RFC 6455, section 7.4.2: 4000 to 4999 are for applications. */
    static final int UNAUTHENTICATED = 4401;

    /** Registered with IANA: try again later. */
    static final int TRY_AGAIN = 1013;

    private static final int POLICY_VIOLATION = 1008;
    private static final int NORMAL = 1000;
    private static final FrameFormat FORMAT = WsFrame::of;

    private final WsServices services;
    private final @Nullable StreamCaller invited;
    private final @Nullable String since;
    private final @Nullable String scope;
    private @Nullable Session socket;
    private volatile @Nullable Client client;

    /** Who is connected. */
    private record Client(RecipientId recipient, Admission admission, LiveSession session) {}

    /**
     * A WebSocket that is about to open.
     *
     * @param invited whom a ticket or a header has let in; null where the first message has to say who it is
     * @param scope for whom such a one listens
     */
    WsConnection(WsServices services, @Nullable StreamCaller invited, @Nullable String since, @Nullable String scope) {
        this.services = services;
        this.invited = invited;
        this.since = since;
        this.scope = scope;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        socket = opened;
        opened.setIdleTimeout(Duration.ZERO);
        if (invited == null) {
            services.whenTimeIsUp(this::closeUnlessKnown);
        } else {
            begin(invited, since);
        }
    }

    private void closeUnlessKnown() {
        if (client == null) {
            close(UNAUTHENTICATED, "the first message, auth with a token, did not come in time");
        }
    }

    private synchronized void begin(StreamCaller caller, @Nullable String from) {
        Optional<LivePosition> position = from == null ? Optional.empty() : LivePosition.parse(from);
        if (from != null && position.isEmpty()) {
            close(POLICY_VIOLATION, "since must be the id of a message of ours");
            return;
        }
        try {
            Admission admission = services.live().admit(caller, position.orElse(null));
            LiveSession session = admission.session(this);
            client = new Client(caller.recipient(), admission, session);
            admission.open(session);
        } catch (ProblemException e) {
            close(TRY_AGAIN, "this replica starts or stops");
        }
    }

    @Override
    public void onWebSocketText(String text) {
        WsMessage message = WsMessage.parse(text);
        Client known = client;
        if (known == null) {
            authenticate(message);
        } else {
            known.session().alive();
            take(message, known);
        }
    }

    private void authenticate(WsMessage message) {
        Optional<StreamCaller> caller;
        try {
            caller = message instanceof WsMessage.Auth auth ? services.callerOf(auth.token()) : Optional.empty();
        } catch (JwtException e) {
            close(TRY_AGAIN, "the keys that check tokens cannot be read");
            return;
        }
        if (caller.isPresent() && message instanceof WsMessage.Auth auth) {
            beginAs(caller.get(), auth.since() == null ? since : auth.since());
        } else {
            close(UNAUTHENTICATED, "the first message must be auth with a valid token");
        }
    }

    private void beginAs(StreamCaller caller, @Nullable String from) {
        StreamCaller listening;
        try {
            listening = caller.in(scope);
        } catch (ProblemException e) {
            close(POLICY_VIOLATION, String.valueOf(e.getMessage()));
            return;
        }
        begin(listening, from);
    }

    private void take(WsMessage message, Client from) {
        try {
            switch (message) {
                case WsMessage.Ack ack -> services.marks().acknowledged(from.recipient(), ack.ids());
                case WsMessage.Read read -> services.marks().read(from.recipient(), read.ids());
                case WsMessage.Seen seen -> services.marks().seen(from.recipient(), seen.ids());
                case WsMessage.Ping ignored -> tell("pong", Map.of("timestamp", services.now()), from);
                case WsMessage.Auth ignored ->
                    refuse(WsMessage.Unknown.of("type", "repeated", "auth comes once: you are known already"), from);
                case WsMessage.Unknown unknown -> refuse(unknown, from);
            }
        } catch (RuntimeException e) {
            // What else failed may name the reader.
            String why = e instanceof ProblemException problem
                    ? problem.why()
                    : e.getClass().getName();
            LOG.warn("a message is answered service_unavailable: {}", why);
            tell("error", new Refusal("service_unavailable", "it is not recorded; send it again", List.of()), from);
        }
    }

    /** Why a message is refused, in the words of a problem of HTTP. */
    private record Refusal(String code, String detail, List<FieldError> errors) {}

    private void refuse(WsMessage.Unknown message, Client to) {
        FieldError why = message.why();
        List<FieldError> errors = why == null ? List.of() : List.of(why);
        tell("error", new Refusal("invalid_message", message.detail(), errors), to);
    }

    private void tell(String type, Object body, Client to) {
        services.live().streams().tell(to.session(), LiveEvents.event(type, body));
    }

    @Override
    public FrameFormat format() {
        return FORMAT;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean write(ByteBuffer[] frames) {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer frame : frames) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append(StandardCharsets.UTF_8.decode(frame));
        }
        Session open = socket;
        Client to = client;
        if (open == null || to == null) {
            return false;
        }
        open.sendText(text.toString(), Callback.from(to.session()::written, failure -> {
            to.session().unwritten();
            abort();
        }));
        return false;
    }

    /** RFC 6455, section 5.5.2: whoever gets a ping answers it, browsers without being told to. */
    @Override
    public boolean ask() {
        Session open = socket;
        if (open != null) {
            open.sendPing(ByteBuffer.allocate(0), Callback.from(() -> {}, failure -> pingFailed()));
        }
        return open != null;
    }

    private void pingFailed() {
        Client to = client;
        if (to != null) {
            to.session().heartbeatFailed(HeartbeatFailure.UNWRITTEN);
        }
        abort();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        Client from = client;
        if (from != null) {
            from.session().alive();
        }
    }

    @Override
    public void close() {
        close(NORMAL, "see the last message");
    }

    private void close(int status, String reason) {
        Session open = socket;
        if (open != null) {
            open.close(status, reason, Callback.from(() -> {}, failure -> open.disconnect()));
            if (client == null) {
                // No pulse finds that it does not end its side too.
                services.whenTimeIsUp(open::disconnect);
            }
        }
    }

    @Override
    public void abort() {
        Session open = socket;
        if (open != null) {
            open.disconnect();
        }
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        Client gone = client;
        if (gone != null) {
            gone.admission().close(gone.session());
        }
        callback.succeed();
    }
}
