package dev.carillon.platform.template;

import java.util.Set;

/**
 * What became of a template.
 *
 * @param missing variables that had no value, at most 10; they are empty in the text
 * @param cut whether it was longer than it might be
 */
public record FilledText(String text, Set<String> missing, boolean cut) {}
