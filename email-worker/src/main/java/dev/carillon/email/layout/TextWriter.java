package dev.carillon.email.layout;

import java.io.Writer;

/** Collects text for one thread, without the locks of {@link java.io.StringWriter}. */
final class TextWriter extends Writer {
    private final StringBuilder text;

    TextWriter(int expected) {
        this.text = new StringBuilder(expected);
    }

    @Override
    public void write(int c) {
        text.append((char) c);
    }

    @Override
    public void write(char[] some, int offset, int length) {
        text.append(some, offset, length);
    }

    @Override
    public void write(String some) {
        text.append(some);
    }

    @Override
    public void write(String some, int offset, int length) {
        text.append(some, offset, offset + length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
