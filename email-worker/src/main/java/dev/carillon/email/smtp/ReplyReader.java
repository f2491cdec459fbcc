package dev.carillon.email.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads replies off the wire, one or more lines each (RFC 5321, 4.2.1). */
final class ReplyReader {

    /** More than any sane relay sends; 512 octets is what the RFC allows a line. */
    private static final int LINE_OCTETS = 4096;

    private static final int LINES = 200;

    private final InputStream in;
    private final byte[] buffer = new byte[LINE_OCTETS];
    private int position;
    private int limit;
    private final byte[] line = new byte[LINE_OCTETS];

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** The next reply. The text is that of its first line; later lines are read and left. */
    SmtpReply read() throws IOException {
        int length = readLine();
        int code = code(length);
        String text = length > 4 ? new String(line, 4, length - 4, StandardCharsets.UTF_8) : "";
        for (int lines = 1; length > 3 && line[3] == '-'; lines++) {
            if (lines > LINES) {
                throw new IOException("the relay's reply has more than " + LINES + " lines");
            }
            length = readLine();
            if (code(length) != code) {
                throw new IOException("the relay's reply changes its code between lines");
            }
        }
        return SmtpReply.of(code, text);
    }

    private int code(int length) throws IOException {
        int code = length < 3 ? -1 : (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        if (code < 200 || code > 599) {
            throw new IOException("the relay's answer is not an SMTP reply");
        }
        return code;
    }

    private int readLine() throws IOException {
        int length = 0;
        while (true) {
            int octet = next();
            if (octet == '\n') {
                return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            }
            if (length == LINE_OCTETS) {
                throw new IOException("the relay's reply has a line of more than " + LINE_OCTETS + " octets");
            }
            line[length++] = (byte) octet;
        }
    }

    private int next() throws IOException {
        if (position == limit) {
            limit = in.read(buffer, 0, buffer.length);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                throw new EOFException("the relay closed the session");
            }
        }
        return buffer[position++] & 0xff;
    }
}
