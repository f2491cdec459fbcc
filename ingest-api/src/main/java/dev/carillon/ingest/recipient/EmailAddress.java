package dev.carillon.ingest.recipient;

import java.util.regex.Pattern;

/**
 * The syntax of an address that mail can be sent to: {@code local@domain} with a dot-atom on the left and a name of at
 * least one label on the right; at most 254 characters with 64 before the @ (RFC 5321, section 4.5.3.1). Letters beyond
 * ASCII are allowed (RFC 6531); quoted local parts, comments and address literals are not.
 */
final class EmailAddress {
    static final int MAX = 254;
    static final String RULE = "must be an e-mail address, like ada@example.org";

    private static final String ATOM = "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
    private static final Pattern SYNTAX =
            Pattern.compile("(?=.{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*");

    private EmailAddress() {}

    static boolean isValid(String text) {
        return text.length() <= MAX && SYNTAX.matcher(text).matches();
    }
}
