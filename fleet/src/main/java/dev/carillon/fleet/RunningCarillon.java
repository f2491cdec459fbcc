package dev.carillon.fleet;

import dev.carillon.schemas.Service;
import java.time.Duration;

/** A running Carillon, whatever processes it is made of. */
public interface RunningCarillon extends AutoCloseable {
    String API_KEY = "ck_the-key-of-the-fleet-0123456789";
    String JWT_SECRET = "the-secret-of-the-pipeline-tests-0123456789";
    String CLOCK_SECRET = "moves-the-clocks-of-the-pipeline-tests";

    /** Where {@code service} answers, as scheme, host and port. */
    String origin(Service service);

    /** Moves the clock of every process. */
    void advance(Duration step);

    /** Stops everything cleanly and starts it again on the same data. */
    void restart();

    @Override
    void close();
}
