package dev.carillon.client;

/**
 * A field that breaks a rule.
 *
 * @param field where it stands in the request, such as {@code actor.id}
 * @param rule stable, such as {@code max_length}
 * @param message the rule in words
 */
public record FieldViolation(String field, String rule, String message) {}
