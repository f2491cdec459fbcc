package dev.carillon.ingest.type;

import org.jspecify.annotations.Nullable;

/** Tells whether a text is a template that the router can render. */
@FunctionalInterface
public interface TemplateCheck {
    /** What is wrong with it, in words, or null. */
    @Nullable String problem(String template);
}
