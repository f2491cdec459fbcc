package dev.carillon.ingest.console.oidc;

import java.util.UUID;

/**
 * An operator whom the issuer names.
 *
 * @param id always the same for the same person of the same issuer
 * @param name for people; at most 128 characters
 */
public record Person(UUID id, String name) {}
