package dev.carillon.benchmarks.stage;

/** Tells whoever waits what is being done. */
@FunctionalInterface
public interface Progress {
    void say(String what);
}
