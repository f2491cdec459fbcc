package dev.carillon.benchmarks.result;

/**
 * What a process needed while our figure was measured.
 *
 * @param cpuSecondsPerThousand notifications
 * @param residentMegabytes at the end
 */
public record ProcessCost(String process, double cpuSecondsPerThousand, double residentMegabytes) {}
