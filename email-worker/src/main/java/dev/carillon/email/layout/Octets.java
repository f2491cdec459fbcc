package dev.carillon.email.layout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows the bytes of one message. */
final class Octets {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** RFC 2045, 6.7, rule 5; the soft line break's "=" counts. */
    private static final int LINE = 76;
    /** Most text is plain; what is not grows the bytes once more. */
    private static final int ROOM_FOR_ENCODING = 16;

    private byte[] bytes;
    private int length;

    Octets(int expected) {
        bytes = new byte[expected];
    }

    Octets raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    Octets raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    Octets line(String text) {
        return raw(text).crlf();
    }

    Octets crlf() {
        reserve(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    /**
     * Text as quoted-printable (RFC 2045, 6.7), every line break as CRLF. What gateways like to touch is encoded too: a
     * dot or "From " at a line's beginning, a blank at its end.
     */
    Octets quotedPrintable(String text) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        reserve(source.length + source.length / ROOM_FOR_ENCODING);
        int column = 0;
        for (int i = 0; i < source.length; i++) {
            int run = plainRun(source, i, column);
            if (run > 0) {
                reserve(run);
                System.arraycopy(source, i, bytes, length, run);
                length += run;
                column += run;
                i += run - 1;
                continue;
            }
            byte octet = source[i];
            if (octet == '\n' || octet == '\r') {
                if (octet == '\r' && i + 1 < source.length && source[i + 1] == '\n') {
                    i++;
                }
                crlf();
                column = 0;
                continue;
            }
            boolean plain = isPlain(octet)
                    && !(column == 0 && (octet == '.' || octet == 'F'))
                    && !(isBlank(octet) && endsLine(source, i));
            int width = plain ? 1 : 3;
            if (column + width > LINE - 1) {
                softBreak();
                column = 0;
                plain = plain && octet != '.' && octet != 'F';
                width = plain ? 1 : 3;
            }
            append(octet, plain);
            column += width;
        }
        return column == 0 ? this : crlf();
    }

    /** How many octets from {@code start} on go into the line as they are. */
    private static int plainRun(byte[] source, int start, int column) {
        if (column == 0 && (source[start] == '.' || source[start] == 'F')) {
            return 0;
        }
        int end = Math.min(source.length, start + LINE - 1 - column);
        int i = start;
        while (i < end && isPlain(source[i])) {
            i++;
        }
        if (i > start && isBlank(source[i - 1]) && endsLine(source, i - 1)) {
            i--;
        }
        return i - start;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private void append(byte octet, boolean plain) {
        reserve(3);
        if (plain) {
            bytes[length++] = octet;
        } else {
            bytes[length++] = '=';
            bytes[length++] = HEX[(octet >> 4) & 0xf];
            bytes[length++] = HEX[octet & 0xf];
        }
    }

    private void softBreak() {
        reserve(3);
        bytes[length++] = '=';
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private static boolean isPlain(byte octet) {
        return (octet >= ' ' && octet <= '~' && octet != '=') || octet == '\t';
    }

    private static boolean endsLine(byte[] source, int i) {
        return i + 1 == source.length || source[i + 1] == '\n' || source[i + 1] == '\r';
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
