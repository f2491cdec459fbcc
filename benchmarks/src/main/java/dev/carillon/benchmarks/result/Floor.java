package dev.carillon.benchmarks.result;

/**
 * The best that the machine does without us, measured in the same run.
 *
 * @param what was measured, in a few words
 * @param value in the unit of the figure that stands on it
 */
public record Floor(String what, double value) {}
