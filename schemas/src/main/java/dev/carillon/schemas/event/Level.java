package dev.carillon.schemas.event;

/** The colour of a notification: what kind of news it is, not how urgent. */
public enum Level {
    INFO,
    SUCCESS,
    WARNING,
    ERROR
}
