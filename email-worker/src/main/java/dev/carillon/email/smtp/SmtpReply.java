package dev.carillon.email.smtp;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a relay answered to one command.
 *
 * @param code three digits (RFC 5321, 4.2)
 * @param enhanced the enhanced status code (RFC 3463), such as {@code 5.1.1}, where the relay gave one
 * @param text the first line after the codes, at most 200 characters, control characters replaced
 */
public record SmtpReply(int code, @Nullable String enhanced, String text) {

    private static final int TEXT_LENGTH = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern ENHANCED = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s+|$)");

    public SmtpReply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("reply code must be 200 to 599, is " + code);
        }
    }

    /** Reads the code and the text behind it, of which an enhanced status code may be the beginning. */
    static SmtpReply of(int code, String text) {
        String printable = CONTROL.matcher(text).replaceAll(" ").strip();
        Matcher matcher = ENHANCED.matcher(printable);
        boolean found = matcher.find();
        String rest = found ? printable.substring(matcher.end()) : printable;
        return new SmtpReply(
                code,
                found ? matcher.group(1) : null,
                rest.length() <= TEXT_LENGTH ? rest : rest.substring(0, TEXT_LENGTH));
    }

    /** When the relay asks us to come back, where it says so. */
    public @Nullable Duration retryAfter() {
        return isTransient() ? RetryHint.in(text) : null;
    }

    public boolean isPositive() {
        return code < 400;
    }

    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** The relay announces that it closes the session (RFC 5321, 3.8). */
    boolean closesSession() {
        return code == 421;
    }

    @Override
    public String toString() {
        return code + (enhanced == null ? " " : " " + enhanced + " ") + text;
    }
}
