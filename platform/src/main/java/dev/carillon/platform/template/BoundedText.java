package dev.carillon.platform.template;

import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Collects text up to a number of characters and stops whoever writes more. What {@link #MISSING} marks is not text but
 * the name of a variable without a value, and is only noted.
 */
final class BoundedText extends Writer {
    /** Begins and ends the name of a variable that has no value; no text of a template holds it. */
    static final char MISSING = '\0';

    private static final int MOST_MISSING = 10;

    /** Enough is written. */
    static final class FullException extends RuntimeException {
        FullException() {
            super("the text is full", null, false, false);
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final Set<String> missing = new LinkedHashSet<>();
    private final int most;

    BoundedText(int most) {
        this.most = most;
    }

    @Override
    public void write(String some) {
        int last = some.length() - 1;
        if (last > 0 && some.charAt(0) == MISSING && some.charAt(last) == MISSING) {
            if (missing.size() < MOST_MISSING) {
                missing.add(some.substring(1, last));
            }
        } else {
            append(some, some.length());
        }
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        write(new String(characters, offset, length));
    }

    private void append(String some, int length) {
        int fits = Math.min(length, most - text.length());
        text.append(some, 0, fits);
        if (fits < length) {
            int last = text.length() - 1;
            if (last >= 0 && Character.isHighSurrogate(text.charAt(last))) {
                text.setLength(last);
            }
            throw new FullException();
        }
    }

    /** The first variables that had no value. */
    Set<String> missing() {
        return missing;
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
