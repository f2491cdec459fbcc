package dev.carillon.ingest.console.oidc;

import dev.carillon.ingest.apikey.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a browser keeps of one sign-in: 256 random bits, when it began and where it leads to. State, nonce and PKCE
 * verifier are hashes of that, made again when the browser comes back, so nothing is kept here that strangers could fill.
 *
 * @param text of the cookie; the only copy
 * @param grant of the settings: under others, of another issuer above all, the hashes are others (RFC 9700, section 4.4)
 */
record BrowserSecret(String text, String grant) {
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{43}\\.([0-9]{1,11})\\.([A-Za-z0-9_-]+)");
    private static final int ID_LENGTH = 12;

    static BrowserSecret begin(String grant, Instant now, String returnPath) {
        String path =
                Base64.getUrlEncoder().withoutPadding().encodeToString(returnPath.getBytes(StandardCharsets.UTF_8));
        return new BrowserSecret(Token.random() + "." + now.getEpochSecond() + "." + path, grant);
    }

    /** By which a cookie is found whose state is known. */
    static String id(String state) {
        return Token.hash(state).substring(0, ID_LENGTH);
    }

    String state() {
        return hash("state");
    }

    /** That the ID token must repeat. */
    String nonce() {
        return hash("nonce");
    }

    /** Without which nobody gets the token for the code; RFC 7636 wants 43 characters at least. */
    String verifier() {
        return hash("verifier");
    }

    boolean isOf(@Nullable String state) {
        return state != null
                && TEXT.matcher(text).matches()
                && MessageDigest.isEqual(
                        state.getBytes(StandardCharsets.UTF_8), state().getBytes(StandardCharsets.UTF_8));
    }

    Instant begun() {
        return Instant.ofEpochSecond(Long.parseLong(part(1)));
    }

    /** Whoever can plant cookies can make up all of this: it is checked like any other wish. */
    String returnPath() {
        try {
            return ReturnPath.of(new String(Base64.getUrlDecoder().decode(part(2)), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return ReturnPath.START;
        }
    }

    private String part(int number) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("this is no cookie of a sign-in");
        }
        return matcher.group(number);
    }

    private String hash(String label) {
        return Token.urlHash(label + "\n" + grant + "\n" + text);
    }

    @Override
    public String toString() {
        return "BrowserSecret[]";
    }
}
