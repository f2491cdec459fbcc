package dev.carillon.guarantees.promise;

import java.util.Set;

/**
 * A mail that the relay took.
 *
 * @param tokens of the events it tells about: one, or those that were merged
 */
public record Mailed(String recipient, String messageId, Set<String> tokens) {}
