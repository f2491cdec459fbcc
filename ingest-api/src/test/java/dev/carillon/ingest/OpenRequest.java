package dev.carillon.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A request with an event that the server has begun to read, and whose second half waits for the test. */
final class OpenRequest implements AutoCloseable {
    private static final int MINUTE_MS = 60_000;

    private final Socket socket;
    private final byte[] rest;

    private OpenRequest(Socket socket, byte[] rest) {
        this.socket = socket;
        this.rest = rest;
    }

    /** Returns when a handler has asked for the body, and has half of it. */
    static OpenRequest begin(String origin, String token, String event) throws IOException {
        URI server = URI.create(origin);
        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        int half = body.length / 2;
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(MINUTE_MS);
        OutputStream out = socket.getOutputStream();
        out.write("""
                POST /api/v1/events HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Expect: 100-continue\r
                \r
                """.formatted(server.getAuthority(), token, body.length).getBytes(StandardCharsets.US_ASCII));
        String first = head(socket.getInputStream());
        if (!first.startsWith("HTTP/1.1 100 ")) {
            throw new IOException("it does not ask for the body: " + first);
        }
        out.write(body, 0, half);
        return new OpenRequest(socket, Arrays.copyOfRange(body, half, body.length));
    }

    /** Sends the rest; the first line of the answer. */
    String end() throws IOException {
        socket.getOutputStream().write(rest);
        return head(socket.getInputStream()).lines().findFirst().orElse("(nothing)");
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
