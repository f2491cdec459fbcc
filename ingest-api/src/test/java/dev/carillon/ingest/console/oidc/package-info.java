/** Signing in to the console at an OpenID Connect issuer. */
@NullMarked
package dev.carillon.ingest.console.oidc;

import org.jspecify.annotations.NullMarked;
