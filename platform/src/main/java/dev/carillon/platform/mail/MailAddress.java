package dev.carillon.platform.mail;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address that mail can be sent to: a dot-atom local part (RFC 5322, 3.2.3; with letters, marks and digits beyond ASCII,
 * RFC 6531) and a host name, in its ASCII form. Quoted local parts and address literals are refused.
 *
 * @param localPart at most 64 octets of UTF-8 (RFC 5321, 4.5.3.1.1)
 * @param domain at most 253 characters, labels of letters, digits and hyphens of at most 63 (RFC 1035, 2.3.4)
 */
public record MailAddress(String localPart, String domain) {

    private static final int LOCAL_PART_OCTETS = 64;
    private static final int DOMAIN_LENGTH = 253;
    private static final int LABEL_LENGTH = 63;

    /** RFC 3696, erratum 1690: the path of RFC 5321 (256) without its brackets. */
    private static final int ADDRESS_OCTETS = 254;

    private static final Pattern ATOMS = Pattern.compile("[\\p{L}\\p{M}\\p{N}.!#$%&'*+/=?^_`{|}~-]+");

    /** What a host name is written with (RFC 5892), before it has its ASCII form. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{M}\\p{N}.-]+");

    /**
     * The deviations of RFC 5895 and UTS 46, 4: {@code ß}, {@code ς} and the joiners, and the capital of the first. {@link IDN}
     * (RFC 3490) makes another name of them, which somebody else may own.
     */
    private static final Pattern TWO_READINGS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    public MailAddress {
        requireLocalPart(localPart);
        requireDomain(domain);
        int octets = localPart.getBytes(StandardCharsets.UTF_8).length + 1 + domain.length();
        require(octets <= ADDRESS_OCTETS, "is longer than 254 octets");
    }

    /**
     * Reads {@code local@domain}.
     *
     * @throws IllegalArgumentException naming the rule that the text breaks, without repeating the text
     */
    public static MailAddress parse(String text) {
        int at = text.lastIndexOf('@');
        require(at > 0, "has no local part before '@'");
        return new MailAddress(text.substring(0, at), asciiDomain(text.substring(at + 1)));
    }

    /** Whether the local part needs SMTPUTF8 (RFC 6531) from every server on the way. */
    public boolean needsSmtpUtf8() {
        return localPart.chars().anyMatch(c -> c > 0x7e);
    }

    @Override
    public String toString() {
        return localPart + '@' + domain;
    }

    private static String asciiDomain(String domain) {
        require(
                !TWO_READINGS.matcher(domain).find(),
                "has a domain with ß, ς or a joiner, which some read as another domain: give its form in ASCII, xn--…");
        require(domain.isEmpty() || HOST.matcher(domain).matches(), "has a domain that is not a valid host name");
        try {
            return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("mail address has a domain that is not a valid host name", e);
        }
    }

    private static void requireLocalPart(String local) {
        require(!local.isEmpty(), "has no local part before '@'");
        require(
                local.getBytes(StandardCharsets.UTF_8).length <= LOCAL_PART_OCTETS,
                "has a local part longer than 64 octets");
        require(
                local.charAt(0) != '.' && local.charAt(local.length() - 1) != '.' && !local.contains(".."),
                "has a local part with a misplaced dot");
        require(ATOMS.matcher(local).matches(), "has a local part with a character that is not allowed outside quotes");
    }

    private static void requireDomain(String domain) {
        require(
                !domain.isEmpty() && domain.length() <= DOMAIN_LENGTH,
                "has a domain of no or more than 253 characters");
        for (String label : domain.split("\\.", -1)) {
            require(isLabel(label), "has a domain that is not a valid host name");
        }
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.length() <= LABEL_LENGTH
                && label.charAt(0) != '-'
                && label.charAt(label.length() - 1) != '-'
                && label.chars().allMatch(c -> isAsciiLetterOrDigit(c) || c == '-');
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("mail address " + rule);
        }
    }
}
