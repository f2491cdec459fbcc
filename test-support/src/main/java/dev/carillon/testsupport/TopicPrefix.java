package dev.carillon.testsupport;

/** Begins the name of every topic and group of one test. */
public record TopicPrefix(String value) {

    /** The full name of a topic or group. */
    public String name(String rest) {
        return value + rest;
    }
}
