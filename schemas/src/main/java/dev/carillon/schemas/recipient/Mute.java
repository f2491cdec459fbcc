package dev.carillon.schemas.recipient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a recipient does not want to hear of.
 *
 * @param type of the subject; null for every other kind
 * @param id of the audience, person or subject, or the name of the group or thread; null for everything
 * @param until mails and pushes wait until then, the feed is filled silently; null: not told at all
 */
public record Mute(
        Kind kind,
        @Nullable String type,
        @Nullable String id,
        @Nullable Instant until) {

    public Mute {
        if ((kind == Kind.SUBJECT) != (type != null)) {
            throw new IllegalArgumentException("a subject has a type, and nothing else has");
        }
        if ((kind == Kind.EVERYTHING) != (id == null)) {
            throw new IllegalArgumentException("everything has no id, and all else has one");
        }
    }

    /** What is muted, in the order in which it is looked at. */
    public enum Kind {
        /** Who is told through it alone; who is named, or reached another way, is told all the same. */
        AUDIENCE,
        /** Who caused the event. */
        PERSON,
        /** One of the things that the event is about. */
        SUBJECT,
        GROUP,
        THREAD,
        EVERYTHING
    }
}
