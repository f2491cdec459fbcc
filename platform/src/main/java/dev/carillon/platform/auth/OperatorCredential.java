package dev.carillon.platform.auth;

/** One kind of credential that an operator may show. A service has those that it can check itself. */
@FunctionalInterface
public interface OperatorCredential {
    /** Whether {@code bearerToken} is of this kind, valid now, and lets its bearer operate the installation. */
    boolean admits(String bearerToken);
}
