package dev.carillon.ingest.console.oidc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer sends a browser back with (RFC 6749, section 4.1.2). Anybody can make one up.
 *
 * @param error instead of a code
 * @param issuer who answers (RFC 9207)
 */
public record Callback(
        @Nullable String state,
        @Nullable String code,
        @Nullable String error,
        @Nullable String issuer) {
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    /** Of the sign-in that it says to belong to, for the cookie's name; null where it says nothing. */
    public @Nullable String id() {
        return state == null ? null : BrowserSecret.id(state);
    }

    /** The error where it looks like one of those that the specifications name. */
    String errorCode() {
        return error != null && CODE.matcher(error).matches() ? error : "no code, and no known error";
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Callback[error=" + error + ", issuer=" + issuer + "]";
    }
}
