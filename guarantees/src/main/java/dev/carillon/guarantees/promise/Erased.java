package dev.carillon.guarantees.promise;

/**
 * Somebody whose erasure was asked for, as she is at the end.
 *
 * @param done whether the erasure says so
 * @param rows of her feed
 * @param mailsSince how many came after it was done
 * @param pushesSince likewise
 */
public record Erased(String recipient, boolean done, int rows, long mailsSince, long pushesSince) {}
