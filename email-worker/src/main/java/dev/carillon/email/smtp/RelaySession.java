package dev.carillon.email.smtp;

import dev.carillon.email.smtp.SmtpResult.Missing;
import dev.carillon.email.smtp.SmtpResult.Obstacle;
import dev.carillon.email.smtp.SmtpResult.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One open session with a relay, used by one thread at a time. MAIL, RCPT and DATA go out in one packet where the relay
 * offers PIPELINING (RFC 2920). Whatever breaks it closes it.
 */
final class RelaySession implements AutoCloseable {

    private static final byte[] DOT = {'.', '\r', '\n'};
    /** Longer content may break before its final dot is written, and then the relay has nothing of it. */
    private static final int AT_ONCE = 64 << 10;

    private static final byte[] CRLF_DOT = {'\r', '\n', '.', '\r', '\n'};

    /** What opened the session; it closes the connection once nothing refers to it. */
    private final Object opener;

    private final SessionSockets sockets;
    private final Socket socket;
    private final OutputStream out;
    private final ReplyReader replies;
    private final Extensions extensions;
    private final long openedNanos = System.nanoTime();
    private long usedNanos = openedNanos;
    private int messages;
    private volatile boolean closed;

    /**
     * What the relay offered (EHLO).
     *
     * @param sizeLimit octets of a message, 0 for unknown (RFC 1870)
     */
    record Extensions(boolean pipelining, boolean smtpUtf8, boolean eightBit, boolean size, long sizeLimit) {}

    RelaySession(Object opener, SessionSockets sockets, Socket socket, Extensions extensions) throws IOException {
        this.opener = opener;
        this.sockets = sockets;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.replies = new ReplyReader(socket.getInputStream());
        this.extensions = extensions;
    }

    /**
     * Hands one message over.
     *
     * @param stillWanted asked before anything is written and again before the content; false withdraws the message
     */
    SmtpResult send(Envelope envelope, byte[] message, BooleanSupplier stillWanted) {
        if (envelope.needsSmtpUtf8() && !extensions.smtpUtf8()) {
            return new SmtpResult.Unsupported(
                    Missing.SMTPUTF8, "the relay does not offer SMTPUTF8, which an address of the mail needs");
        }
        if (extensions.sizeLimit() > 0 && message.length > extensions.sizeLimit()) {
            return new SmtpResult.Unsupported(
                    Missing.SIZE,
                    "the message has " + message.length + " octets, the relay takes " + extensions.sizeLimit());
        }
        if (!stillWanted.getAsBoolean()) {
            return new SmtpResult.Withdrawn();
        }
        boolean dotWritten = false;
        try {
            messages++;
            SmtpResult objection = extensions.pipelining()
                    ? beginPipelined(envelope, message.length)
                    : begin(envelope, message.length);
            if (objection != null) {
                return objection;
            }
            if (!stillWanted.getAsBoolean()) {
                abort();
                return new SmtpResult.Withdrawn();
            }
            byte[] content = stuffed(message);
            int beforeDot = content.length > AT_ONCE ? content.length - DOT.length : 0;
            out.write(content, 0, beforeDot);
            dotWritten = true;
            out.write(content, beforeDot, content.length - beforeDot);
            return finish(replies.read());
        } catch (IOException e) {
            abort();
            String reason = String.valueOf(e.getMessage());
            return dotWritten ? new SmtpResult.Uncertain(reason) : new SmtpResult.Unreachable(Obstacle.BROKEN, reason);
        } finally {
            usedNanos = System.nanoTime();
        }
    }

    /** Leads up to the content; null once the relay waits for it. */
    private @Nullable SmtpResult begin(Envelope envelope, int octets) throws IOException {
        SmtpReply sender = command(mailFrom(envelope, octets));
        if (!sender.isPositive()) {
            return failed(Step.SENDER, sender);
        }
        SmtpReply recipient = command(rcptTo(envelope));
        if (!recipient.isPositive()) {
            return failed(Step.RECIPIENT, recipient);
        }
        SmtpReply data = command("DATA\r\n");
        return data.code() == 354 ? null : failed(Step.CONTENT, data);
    }

    private @Nullable SmtpResult beginPipelined(Envelope envelope, int octets) throws IOException {
        write(mailFrom(envelope, octets) + rcptTo(envelope) + "DATA\r\n");
        SmtpReply sender = replies.read();
        if (sender.closesSession()) {
            return failed(Step.SENDER, sender);
        }
        SmtpReply recipient = replies.read();
        if (recipient.closesSession()) {
            return failed(Step.RECIPIENT, recipient);
        }
        SmtpReply data = replies.read();
        boolean fine = sender.isPositive() && recipient.isPositive();
        if (fine && data.code() == 354) {
            return null;
        }
        if (data.code() == 354) {
            // The relay waits for a message without recipients; an empty one ends that (RFC 2920, 3.1).
            out.write(DOT);
            replies.read();
        }
        if (!sender.isPositive()) {
            return failed(Step.SENDER, sender);
        }
        return recipient.isPositive() ? failed(Step.CONTENT, data) : failed(Step.RECIPIENT, recipient);
    }

    private SmtpResult finish(SmtpReply reply) {
        if (reply.isPositive()) {
            return new SmtpResult.Accepted(reply);
        }
        if (reply.closesSession()) {
            abort();
        }
        return negative(Step.CONTENT, reply);
    }

    private SmtpResult failed(Step step, SmtpReply reply) {
        if (reply.closesSession()) {
            abort();
        } else {
            reset();
        }
        return negative(step, reply);
    }

    private static SmtpResult negative(Step step, SmtpReply reply) {
        return reply.isTransient() ? new SmtpResult.Deferred(step, reply) : new SmtpResult.Refused(step, reply);
    }

    /** Leaves a failed transaction, so that the next MAIL is not "nested". */
    private void reset() {
        try {
            if (!command("RSET\r\n").isPositive()) {
                abort();
            }
        } catch (IOException e) {
            abort();
        }
    }

    /** Asks the relay whether it is still there. */
    boolean answers() {
        try {
            return command("NOOP\r\n").isPositive();
        } catch (IOException e) {
            abort();
            return false;
        }
    }

    private String mailFrom(Envelope envelope, int octets) {
        StringBuilder command = new StringBuilder(96)
                .append("MAIL FROM:<")
                .append(envelope.sender())
                .append('>');
        if (extensions.size()) {
            command.append(" SIZE=").append(octets);
        }
        if (envelope.needsSmtpUtf8()) {
            command.append(" SMTPUTF8");
            if (extensions.eightBit()) {
                command.append(" BODY=8BITMIME");
            }
        }
        return command.append("\r\n").toString();
    }

    private static String rcptTo(Envelope envelope) {
        return "RCPT TO:<" + envelope.recipient() + ">\r\n";
    }

    private SmtpReply command(String line) throws IOException {
        write(line);
        return replies.read();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The content as it goes over the wire: leading dots doubled (RFC 5321, 4.5.2), ended by CRLF and the final dot. */
    private static byte[] stuffed(byte[] message) {
        int length = message.length;
        int dots = leadingDots(message);
        boolean ended = length >= 2 && message[length - 1] == '\n' && message[length - 2] == '\r';
        byte[] end = ended ? DOT : CRLF_DOT;
        byte[] content = Arrays.copyOf(message, length + dots + end.length);
        for (int from = length - 1, to = length + dots - 1; to > from; from--, to--) {
            content[to] = message[from];
            if (startsWithDot(message, from)) {
                content[--to] = '.';
            }
        }
        System.arraycopy(end, 0, content, length + dots, end.length);
        return content;
    }

    private static int leadingDots(byte[] message) {
        int dots = 0;
        for (int i = 0; i < message.length; i++) {
            if (startsWithDot(message, i)) {
                dots++;
            }
        }
        return dots;
    }

    private static boolean startsWithDot(byte[] message, int i) {
        return message[i] == '.' && (i == 0 || message[i - 1] == '\n');
    }

    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    boolean isClosed() {
        return closed;
    }

    int messages() {
        return messages;
    }

    long ageNanos() {
        return System.nanoTime() - openedNanos;
    }

    long idleNanos() {
        return System.nanoTime() - usedNanos;
    }

    /** Drops the connection at once; safe from any thread, and what frees one that is stuck in this session. */
    void abort() {
        try {
            closed = true;
            sockets.close();
        } finally {
            Reference.reachabilityFence(opener);
        }
    }

    /** Says goodbye and closes. */
    @Override
    public void close() {
        if (!closed) {
            try {
                write("QUIT\r\n");
            } catch (IOException e) {
                // The relay was faster.
            }
            abort();
        }
    }
}
