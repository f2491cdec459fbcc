package dev.carillon.platform.template;

import java.io.Writer;

/** Collects text up to a number of characters and stops whoever writes more. */
final class BoundedText extends Writer {
    /** Enough is written. */
    static final class FullException extends RuntimeException {
        FullException() {
            super("the text is full", null, false, false);
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final int most;

    BoundedText(int most) {
        this.most = most;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        int fits = Math.min(length, most - text.length());
        text.append(characters, offset, fits);
        if (fits < length) {
            int last = text.length() - 1;
            if (last >= 0 && Character.isHighSurrogate(text.charAt(last))) {
                text.setLength(last);
            }
            throw new FullException();
        }
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
