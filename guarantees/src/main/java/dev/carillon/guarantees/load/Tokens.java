package dev.carillon.guarantees.load;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the tokens of events in what arrives. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("k\\d+n\\d{6}z");
    private static final Pattern SOFT_BREAK = Pattern.compile("=\r?\n");

    private Tokens() {}

    static Set<String> in(String text) {
        Set<String> tokens = new TreeSet<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    /** In a quoted-printable text, whose lines may break inside a token. */
    static Set<String> inMail(String content) {
        return in(SOFT_BREAK.matcher(content).replaceAll(""));
    }

    /** Of a title. */
    static String only(String title) {
        Set<String> tokens = in(title);
        return tokens.size() == 1 ? tokens.iterator().next() : title;
    }
}
