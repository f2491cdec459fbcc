package dev.carillon.ingest.preview;

import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import org.jspecify.annotations.Nullable;

/** What an event of the type might say, and who might have caused it. */
record Sample(Content content, @Nullable Actor actor) {}
