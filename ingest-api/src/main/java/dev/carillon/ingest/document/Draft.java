package dev.carillon.ingest.document;

import dev.carillon.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** One event as it came, whatever its format was: either JSON in our own form, or the reason why it is none. */
public sealed interface Draft {

    /** W3C Trace Context; null where the sender gave none, or none that can be told from what it sent. */
    @Nullable String traceparent();

    /**
     * The same as a part of the trace of what carried it, a request or a record. The event's own trace goes before that; one
     * that breaks the standard is as good as none.
     */
    default Draft within(@Nullable String carrier) {
        return switch (this) {
            case Ready(StrictJson.Part part, String own) -> {
                String valid = TraceContext.valid(own);
                yield new Ready(part, valid == null ? TraceContext.valid(carrier) : valid);
            }
            case Broken broken -> broken;
        };
    }

    /** An event in our own form, still to be checked. */
    record Ready(StrictJson.Part part, @Nullable String traceparent) implements Draft {}

    /** Something that is no event; others of the same request are not concerned. */
    record Broken(ProblemException problem) implements Draft {
        @Override
        public @Nullable String traceparent() {
            return null;
        }
    }
}
