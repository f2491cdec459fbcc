package dev.carillon.inapp.feed;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;

/** Tells failures that a row's content causes, and that no repetition mends, from a database that is away. */
final class ContentRefused {
    private ContentRefused() {}

    /** By the class of the SQLSTATE: 22 data exception, 23 integrity, 54 a limit of the program (an index row too long). */
    static boolean is(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("22")
                        || sql.getSQLState().startsWith("23")
                        || sql.getSQLState().startsWith("54"));
    }
}
