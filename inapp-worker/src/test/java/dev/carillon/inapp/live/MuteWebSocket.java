package dev.carillon.inapp.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that takes everything and answers nothing, not even pings. */
final class MuteWebSocket implements AutoCloseable {
    /** RFC 6455, section 5.2: an unmasked ping without a payload. */
    static final String PING = new String(new byte[] {(byte) 0x89, 0}, StandardCharsets.ISO_8859_1);

    private static final Duration WAIT = Duration.ofMinutes(1);

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder taken = new StringBuilder();

    private MuteWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** @param token null where it does not say who it is either */
    static MuteWebSocket open(URI uri, @Nullable String token) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout((int) WAIT.toMillis());
        String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new MuteWebSocket(socket);
    }

    /** Reads on until {@code text} has come, and forgets everything up to it. */
    void readUntil(String text) throws IOException {
        long end = System.nanoTime() + WAIT.toNanos();
        int at = taken.indexOf(text);
        while (at < 0) {
            int next = in.read();
            if (next < 0 || System.nanoTime() > end) {
                throw new AssertionError("ended before " + text + " came: " + taken);
            }
            taken.append((char) next);
            at = taken.indexOf(text, Math.max(0, taken.length() - text.length()));
        }
        taken.delete(0, at + text.length());
    }

    /** Returns when the server has ended the connection. */
    void readToItsEnd() throws IOException {
        while (in.read() >= 0) {
            taken.setLength(0);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
