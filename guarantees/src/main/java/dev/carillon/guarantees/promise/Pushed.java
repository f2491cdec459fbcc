package dev.carillon.guarantees.promise;

import java.util.Set;

/**
 * A message that a push service accepted.
 *
 * @param tag by which the browser replaces a repetition
 * @param topic by which the push service replaces one that still waits
 * @param tokens of the events it tells about; empty for a merged one, which carries their number only
 */
public record Pushed(String recipient, String id, String tag, String topic, Set<String> tokens) {}
