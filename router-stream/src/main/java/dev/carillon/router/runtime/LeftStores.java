package dev.carillon.router.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the stores that a router left in its directory may be trusted: only those of one that closed them all. A file
 * stands there for as long as one runs. What is not trusted is restored from the broker (ADR 039 has why Streams' own
 * marks are not enough).
 */
final class LeftStores {
    private static final Logger LOG = LoggerFactory.getLogger(LeftStores.class);
    private static final String MARK = "router-has-not-closed";

    private final Path mark;

    /** @param stateDir of one router alone */
    LeftStores(Path stateDir) {
        this.mark = stateDir.resolve(MARK);
    }

    /** To be called before {@code streams} starts; it has the directory to itself by then. */
    void open(KafkaStreams streams) {
        try {
            if (Files.exists(mark)) {
                LOG.info("The router did not close its stores when it last ran: they are restored from the broker");
                streams.cleanUp();
            } else {
                Files.createDirectories(mark.getParent());
                Files.createFile(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the router's directory cannot be written", e);
        }
    }

    /** All stores are closed. */
    void closed() {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: the next start takes longer", mark, e);
        }
    }
}
