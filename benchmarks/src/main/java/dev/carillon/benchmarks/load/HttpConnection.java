package dev.carillon.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One kept-open HTTP/1.1 connection that posts and gets JSON, cheap enough to leave the machine to the server. */
final class HttpConnection implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String authority;
    private final String head;
    private byte[] body = new byte[1024];

    HttpConnection(URI target, String bearer) throws IOException {
        socket = new Socket(InetAddress.getByName(target.getHost()), target.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
        authority = target.getAuthority();
        head = "POST " + target.getRawPath() + " HTTP/1.1\r\nHost: " + authority + "\r\nAuthorization: Bearer " + bearer
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    /** Posts and returns the status; {@link #answer} has the body until the next call. */
    int post(String json) throws IOException {
        return exchange(head + json.length() + "\r\n\r\n" + json);
    }

    /** Gets {@code path} of the same server as somebody else; returns as {@link #post} does. */
    int get(String path, String bearer) throws IOException {
        return exchange(
                "GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nAuthorization: Bearer " + bearer + "\r\n\r\n");
    }

    private int exchange(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        int status = Integer.parseInt(line().substring(9, 12));
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without its length cannot be read");
        }
        if (body.length < length) {
            body = new byte[length];
        }
        if (in.readNBytes(body, 0, length) < length) {
            throw new EOFException("the answer ends early");
        }
        answered = length;
        return status;
    }

    private int answered;

    /** How often {@code text} stands in the last answer. */
    int count(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        int found = 0;
        for (int i = 0; i + wanted.length <= answered; i++) {
            int same = 0;
            while (same < wanted.length && body[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                found++;
            }
        }
        return found;
    }

    String answer() {
        return new String(body, 0, answered, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
