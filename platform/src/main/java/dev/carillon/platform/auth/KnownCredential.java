package dev.carillon.platform.auth;

/** One kind of credential that a service can check. */
@FunctionalInterface
public interface KnownCredential {
    /** Whether {@code bearerToken} is of this kind and valid now. */
    boolean admits(String bearerToken);
}
