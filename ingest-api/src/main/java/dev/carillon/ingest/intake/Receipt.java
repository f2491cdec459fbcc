package dev.carillon.ingest.intake;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;

/** What became of one event of a request. */
public sealed interface Receipt {

    /** All of its partitions' records are acknowledged. A repeated event has the same receipt. */
    record Accepted(EventUid uid, String id, String source) implements Receipt {}

    /** Not accepted, or (503) not known to be: then it may be sent again with the same id. */
    record Refused(ProblemException problem) implements Receipt {}
}
