package dev.carillon.client;

/** What became of one event of a batch. */
public sealed interface Result {

    /** Carillon has it. */
    record Accepted(Receipt receipt) implements Result {}

    /** Carillon does not have it; with the status 503 or 429 it may be sent again, and may then be accepted. */
    record Refused(Problem problem) implements Result {}
}
