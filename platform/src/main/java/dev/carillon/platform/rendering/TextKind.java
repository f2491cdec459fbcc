package dev.carillon.platform.rendering;

import dev.carillon.schemas.type.Template;
import org.jspecify.annotations.Nullable;

/** The texts that a template can have. */
enum TextKind {
    TITLE("title"),
    SUBJECT("subject"),
    BODY("body"),
    ACTION_URL("action_url");

    private final String field;

    TextKind(String field) {
        this.field = field;
    }

    /** Its name in documents and warnings. */
    String field() {
        return field;
    }

    @Nullable String source(Template template) {
        return switch (this) {
            case TITLE -> template.title();
            case SUBJECT -> template.subject();
            case BODY -> template.body();
            case ACTION_URL -> template.actionUrl();
        };
    }
}
