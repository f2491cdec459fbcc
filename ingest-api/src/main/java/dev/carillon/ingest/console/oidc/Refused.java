package dev.carillon.ingest.console.oidc;

/**
 * Why somebody is not signed in.
 *
 * @param detail a sentence for her; may quote the issuer
 */
public record Refused(Reason reason, String detail) implements Begun, Finished {

    /** The kinds. */
    public enum Reason {
        /** Not begun here, begun in another browser, used, or too old. */
        UNKNOWN,
        /** The issuer says no. */
        DENIED,
        /** The issuer knows her, but nothing says that she may operate. */
        CLAIM_MISSING,
        /** What the issuer says cannot be trusted. */
        NOT_BELIEVED,
        /** The issuer does not answer, or too many wait for its answer. */
        AWAY
    }
}
