package dev.carillon.platform.http;

/**
 * One rule that one field broke.
 *
 * @param field path of the field in the request, as {@code events[3].actor.id}
 * @param rule stable code of the rule, as {@code max_length}
 * @param message the rule in words
 */
public record FieldError(String field, String rule, String message) {}
