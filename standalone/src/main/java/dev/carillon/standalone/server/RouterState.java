package dev.carillon.standalone.server;

import dev.carillon.embedded.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Where the router keeps its stores: in the data directory, or in one that goes with the run. */
record RouterState(Path path, boolean temporary) implements AutoCloseable {

    static RouterState of(@Nullable DataDirectory directory) {
        if (directory != null) {
            return new RouterState(directory.path().resolve("router"), false);
        }
        try {
            return new RouterState(Files.createTempDirectory("carillon-router-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for the router", e);
        }
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try {
            FileSystemUtils.deleteRecursively(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path, e);
        }
    }
}
