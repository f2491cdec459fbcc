package dev.carillon.schemas.event;

import org.jspecify.annotations.Nullable;

/** A button below a notification: a link where {@code url} is given, otherwise an action of the application. */
public record Action(String id, String label, @Nullable String url) {}
