package dev.carillon.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The main process of a PostgreSQL data directory, found through its {@code postmaster.pid}: process id in the first line,
 * start time in the third.
 */
final class Postmaster {

    private static final Duration STOP_WAIT = Duration.ofSeconds(20);
    private static final Duration SAME_START = Duration.ofSeconds(5);

    private final ProcessHandle process;

    private Postmaster(ProcessHandle process) {
        this.process = process;
    }

    /** The living process of the directory; empty also where the file is a leftover whose number another program has now. */
    static Optional<Postmaster> of(Path data) throws IOException {
        List<String> lines = pidFile(data);
        if (lines.size() < 3) {
            return Optional.empty();
        }
        long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
        Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> isPostgres(handle, started))
                .map(Postmaster::new);
    }

    static void forget(Path data) throws IOException {
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Disconnects everybody and writes a checkpoint; after 20 s without an end the process is killed. */
    void stop() throws IOException {
        // SIGINT means "fast shutdown" to it; Java can only send SIGTERM, which waits for clients to leave.
        ProcessCommand.run(List.of("kill", "-INT", Long.toString(process.pid())));
        if (!ended(STOP_WAIT)) {
            kill();
        }
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly();
        if (!ended(STOP_WAIT)) {
            throw new IllegalStateException("PostgreSQL process " + process.pid() + " does not end after SIGKILL");
        }
    }

    private boolean ended(Duration wait) {
        try {
            process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPostgres(ProcessHandle handle, Instant started) {
        boolean named = handle.info().command().map(c -> c.endsWith("postgres")).orElse(true);
        boolean sameStart = handle.info()
                .startInstant()
                .map(s -> Duration.between(s, started).abs().compareTo(SAME_START) < 0)
                .orElse(true);
        return named && sameStart;
    }

    private static List<String> pidFile(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
