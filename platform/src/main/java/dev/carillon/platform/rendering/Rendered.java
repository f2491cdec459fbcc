package dev.carillon.platform.rendering;

import dev.carillon.schemas.event.Content;
import java.util.List;

/**
 * What a reader gets, and what its author should know of it.
 *
 * @param warnings such as {@code title: data.amount has no value}; at most 10 of 200 characters
 */
public record Rendered(Content content, List<String> warnings) {
    public Rendered {
        warnings = List.copyOf(warnings);
    }
}
