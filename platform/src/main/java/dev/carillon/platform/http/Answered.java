package dev.carillon.platform.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log why requests are answered as they are, where that is no business of their callers. */
public final class Answered {
    private static final Logger LOG = LoggerFactory.getLogger(Answered.class);

    private Answered() {}

    /** One line for a problem that has a reason, none for any other. */
    public static void with(ProblemException problem) {
        if (problem.hasReason()) {
            LOG.warn("a request is answered {}: {}", problem.status().value(), problem.why());
        }
    }
}
