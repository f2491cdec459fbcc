package dev.carillon.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded PostgreSQL keeps its data and listens.
 *
 * @param directory kept after a stop; null means a temporary one that goes with the database
 * @param port on the loopback; 0 means any free one, chosen once for the life of the object
 * @param durable whether a commit waits for the disk; false is faster and may lose or break everything in a crash of the machine
 */
public record DatabaseSettings(@Nullable Path directory, int port, boolean durable) {

    public DatabaseSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
    }

    public static DatabaseSettings temporary() {
        return new DatabaseSettings(null, 0, true);
    }

    public static DatabaseSettings in(Path directory) {
        return new DatabaseSettings(directory, 0, true);
    }

    public DatabaseSettings onPort(int chosen) {
        return new DatabaseSettings(directory, chosen, durable);
    }

    /** For tests that say nothing about crashes. */
    public DatabaseSettings notDurable() {
        return new DatabaseSettings(directory, port, false);
    }
}
