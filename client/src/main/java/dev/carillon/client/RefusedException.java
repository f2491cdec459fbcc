package dev.carillon.client;

/** Carillon does not do this, and would not if it were sent again: the request has to change. */
public final class RefusedException extends CarillonException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /** Why, with the fields to blame. */
    public Problem problem() {
        return problem;
    }
}
