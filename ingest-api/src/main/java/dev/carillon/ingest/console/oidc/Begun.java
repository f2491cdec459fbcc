package dev.carillon.ingest.console.oidc;

import java.net.URI;

/** What becomes of a wish to sign in. */
public sealed interface Begun permits Begun.Redirected, Refused {

    /**
     * The issuer goes on.
     *
     * @param id of this sign-in, for the cookie's name
     * @param browser for the cookie that binds the sign-in to this browser; the only copy
     */
    record Redirected(URI to, String id, String browser) implements Begun {
        @Override
        public String toString() {
            return "Redirected[]";
        }
    }
}
