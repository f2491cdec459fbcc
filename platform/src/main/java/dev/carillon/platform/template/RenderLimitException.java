package dev.carillon.platform.template;

/** A template reads more values than one rendering may. */
public final class RenderLimitException extends RuntimeException {
    RenderLimitException(int limit) {
        super("the template reads more than " + limit + " values");
    }
}
