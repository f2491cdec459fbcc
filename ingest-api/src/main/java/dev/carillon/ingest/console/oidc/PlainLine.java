package dev.carillon.ingest.console.oidc;

import java.util.regex.Pattern;

/** Text of others as one short line that shows what it is: without control, format and half characters. */
final class PlainLine {
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private PlainLine() {}

    /** @param most characters, of which none is cut in two */
    static String of(String text, int most) {
        String plain = NO_TEXT.matcher(text).replaceAll(" ").strip();
        if (plain.length() <= most) {
            return plain;
        }
        return plain.substring(0, Character.isHighSurrogate(plain.charAt(most - 1)) ? most - 1 : most);
    }
}
