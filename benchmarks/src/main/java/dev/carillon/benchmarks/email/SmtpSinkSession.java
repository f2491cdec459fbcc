package dev.carillon.benchmarks.email;

import dev.carillon.benchmarks.load.SinkStatistics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One session with the sink (RFC 5321, as much of it as a sender needs). */
final class SmtpSinkSession implements Runnable {
    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final SinkStatistics statistics;
    private byte[] buffer = new byte[64 << 10];
    private int begin;
    private int end;

    SmtpSinkSession(Socket socket, SinkStatistics statistics) {
        this.socket = socket;
        this.statistics = statistics;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            say(out, "220 sink");
            for (String line = line(in); line != null; line = line(in)) {
                String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "DATA" -> {
                        say(out, "354 go on");
                        take(in);
                        say(out, "250 taken");
                    }
                    case "EHLO" -> say(out, "250-sink\r\n250-8BITMIME\r\n250 SIZE 10000000");
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 fine");
                }
            }
        } catch (IOException e) {
            // The sender has gone, which is its right.
        }
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void take(InputStream in) throws IOException {
        int looked = begin;
        int at = find(looked);
        while (at < 0) {
            looked = Math.max(begin, end - END.length + 1);
            int moved = begin;
            if (!more(in)) {
                throw new IOException("the mail ends early");
            }
            looked -= moved - begin;
            at = find(looked);
        }
        statistics.count(buffer, begin, at);
        begin = at + END.length;
    }

    private int find(int from) {
        for (int i = from; i + END.length <= end; i++) {
            int same = 0;
            while (same < END.length && buffer[i + same] == END[same]) {
                same++;
            }
            if (same == END.length) {
                return i;
            }
        }
        return -1;
    }

    private @org.jspecify.annotations.Nullable String line(InputStream in) throws IOException {
        int looked = begin;
        while (true) {
            for (int i = looked; i < end; i++) {
                if (buffer[i] == '\n') {
                    String line = new String(buffer, begin, i - begin, StandardCharsets.US_ASCII).stripTrailing();
                    begin = i + 1;
                    return line;
                }
            }
            looked = end - begin;
            if (!more(in)) {
                return null;
            }
        }
    }

    /** Moves what is left to the front of the buffer and reads more behind it. */
    private boolean more(InputStream in) throws IOException {
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
        if (end == buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }
}
