package dev.carillon.ingest.document;

import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** The broken rules of one document, collected so that its author sees all of them at once. For one thread. */
public final class Violations {
    /** More than a person fixes in one go; the rest shows at the next try. */
    private static final int MAX_REPORTED = 50;

    private final List<FieldError> errors = new ArrayList<>(0);

    public void add(String field, String rule, String message) {
        if (errors.size() < MAX_REPORTED) {
            errors.add(new FieldError(field, rule, message));
        }
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /**
     * Goes on where nothing was broken.
     *
     * @throws ProblemException 422 with every broken rule
     */
    public void refuseIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
