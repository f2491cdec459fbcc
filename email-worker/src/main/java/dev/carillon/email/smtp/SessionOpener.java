package dev.carillon.email.smtp;

import dev.carillon.email.smtp.RelaySession.Extensions;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** Opens sessions: connection, greeting, TLS with certificate and host-name check, EHLO, login. Angus Mail does it. */
final class SessionOpener {

    private final RelaySettings settings;
    private final String host;
    private final SSLSocketFactory tls;
    private final ScheduledExecutorService watchdog;

    SessionOpener(RelaySettings settings, String host, SSLSocketFactory tls, ScheduledExecutorService watchdog) {
        this.settings = settings;
        this.host = host;
        this.tls = tls;
        this.watchdog = watchdog;
    }

    /** Thrown where no session came about; the message says why, without credentials. */
    static final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1;

        private final SmtpResult.Obstacle obstacle;

        UnreachableException(SmtpResult.Obstacle obstacle, String reason, Throwable cause) {
            super(reason, cause);
            this.obstacle = obstacle;
        }

        SmtpResult result() {
            return new SmtpResult.Unreachable(obstacle, String.valueOf(getMessage()));
        }
    }

    RelaySession open(Duration limit) throws UnreachableException {
        SessionSockets sockets = new SessionSockets();
        ScheduledFuture<?> timeUp = watchdog.schedule(sockets::close, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            SMTPTransport transport = connect(sockets, limit);
            Socket socket = sockets.current();
            if (socket == null) {
                throw new IOException("the session has no socket");
            }
            return new RelaySession(transport, sockets, socket, extensions(transport));
        } catch (MessagingException | IOException e) {
            sockets.close();
            throw new UnreachableException(
                    e instanceof AuthenticationFailedException
                            ? SmtpResult.Obstacle.LOGIN
                            : SmtpResult.Obstacle.NO_SESSION,
                    reason(e),
                    e);
        } finally {
            timeUp.cancel(false);
        }
    }

    private SMTPTransport connect(SessionSockets sockets, Duration limit) throws MessagingException {
        boolean tlsFirst = settings.tlsFromTheFirstByte();
        String protocol = tlsFirst ? "smtps" : "smtp";
        Session session = Session.getInstance(properties("mail." + protocol + ".", sockets, limit));
        URLName url = new URLName(protocol, host, settings.port(), null, null, null);
        SMTPTransport transport = new Opening(session, url, protocol, tlsFirst);
        transport.connect(host, settings.port(), settings.username(), settings.password());
        return transport;
    }

    private Properties properties(String prefix, SessionSockets sockets, Duration limit) {
        Properties properties = new Properties();
        properties.put(prefix + "socketFactory", sockets.plain());
        properties.put(prefix + "ssl.socketFactory", sockets.tls(tls));
        properties.setProperty(prefix + "socketFactory.fallback", "false");
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.enable", String.valueOf(settings.startTlsWanted()));
        properties.setProperty(prefix + "starttls.required", String.valueOf(settings.startTlsRequired()));
        properties.setProperty(prefix + "auth", String.valueOf(settings.logsIn()));
        properties.setProperty(prefix + "quitwait", "false");
        properties.setProperty(
                prefix + "connectiontimeout", millis(settings.timeouts().connect(), limit));
        properties.setProperty(prefix + "timeout", millis(settings.timeouts().reply(), limit));
        String name = settings.heloName();
        if (name != null) {
            properties.setProperty(prefix + "localhost", name);
        }
        return properties;
    }

    private static String millis(Duration wanted, Duration limit) {
        return String.valueOf(Math.max(1, Math.min(wanted.toMillis(), limit.toMillis())));
    }

    private static Extensions extensions(SMTPTransport transport) {
        boolean size = transport.supportsExtension("SIZE");
        return new Extensions(
                transport.supportsExtension("PIPELINING"),
                transport.supportsExtension("SMTPUTF8"),
                transport.supportsExtension("8BITMIME"),
                size,
                size ? sizeLimit(transport.getExtensionParameter("SIZE")) : 0);
    }

    private static long sizeLimit(@Nullable String parameter) {
        return parameter != null && parameter.matches("\\d{1,15}") ? Long.parseLong(parameter) : 0;
    }

    private String reason(Exception e) {
        String relay = host + ":" + settings.port();
        if (e instanceof AuthenticationFailedException) {
            return relay + " refused the login: " + e.getMessage();
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return relay + " failed the TLS checks: " + cause.getMessage();
            }
        }
        Throwable cause = e.getCause();
        String detail = cause == null ? "" : " (" + cause.getMessage() + ")";
        return relay + " gave no session: " + e.getMessage() + detail;
    }

    /** The library's transport under a protocol name and with TLS from the first byte or not. */
    private static final class Opening extends SMTPTransport {
        Opening(Session session, URLName url, String protocol, boolean tlsFirst) {
            super(session, url, protocol, tlsFirst);
        }
    }
}
