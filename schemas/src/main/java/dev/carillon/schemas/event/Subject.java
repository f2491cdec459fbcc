package dev.carillon.schemas.event;

import org.jspecify.annotations.Nullable;

/** What an event is about: a team, a project, an invoice. */
public record Subject(
        String type,
        String id,
        @Nullable String name,
        @Nullable String url) {

    /** The same under another id, with neither name nor address. */
    Subject under(String pseudonym) {
        return new Subject(type, pseudonym, null, null);
    }
}
