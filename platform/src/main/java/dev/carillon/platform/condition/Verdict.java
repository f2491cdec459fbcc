package dev.carillon.platform.condition;

/** What a condition says. Only {@link Met} lets something happen. */
public sealed interface Verdict {

    record Met() implements Verdict {}

    record NotMet() implements Verdict {}

    /** It cannot be evaluated: a field is absent, or of another type than the expression expects. */
    record Failed(String detail) implements Verdict {}
}
