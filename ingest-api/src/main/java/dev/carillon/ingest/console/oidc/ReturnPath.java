package dev.carillon.ingest.console.oidc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody goes who has signed in: a page of the console, and nothing else. */
final class ReturnPath {
    static final String START = "/console/";

    private static final int LONGEST = 500;
    /** All pages are behind the hash; a fragment as RFC 3986, section 3.5, has it. */
    private static final Pattern PAGE =
            Pattern.compile("/console/(#/([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+)?");

    private ReturnPath() {}

    /** {@code wanted} where it is a page of the console, otherwise the first one. */
    static String of(@Nullable String wanted) {
        return wanted != null
                        && wanted.length() <= LONGEST
                        && PAGE.matcher(wanted).matches()
                ? wanted
                : START;
    }
}
