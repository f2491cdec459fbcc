package dev.carillon.fleet;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One process of one service on one port, through all its lives. Not started by its constructor; one thread drives it.
 */
public final class Member implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration STOPPED = Duration.ofMinutes(1);

    private final Service service;
    private final int number;
    private final int port;
    private final ChildProcess.Command command;
    private final HttpClient http;
    private @Nullable ChildProcess process;

    Member(Service service, int number, int port, ChildProcess.Command command, HttpClient http) {
        this.service = service;
        this.number = number;
        this.port = port;
        this.command = command;
        this.http = http;
    }

    public Service service() {
        return service;
    }

    /** Such as {@code push-worker-1}. */
    public String name() {
        return service.code() + "-" + number;
    }

    /** Where it answers, as scheme, host and port. */
    public String origin() {
        return "http://" + LoopbackPort.HOST + ":" + port;
    }

    /** What it has logged since it was last started; empty while it does not run. */
    public List<String> log() {
        ChildProcess current = process;
        return current == null ? List.of() : current.log();
    }

    /** Whether its process exists, be it ready or not. */
    public boolean isRunning() {
        ChildProcess current = process;
        return current != null && current.isAlive();
    }

    /** @throws IllegalStateException while it does not run */
    public ChildProcess process() {
        ChildProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name() + " does not run");
        }
        return current;
    }

    /** Starts it and returns at once; does nothing while it runs. */
    public void start() {
        if (!isRunning()) {
            kill();
            process = ChildProcess.start(command);
        }
    }

    /**
     * Returns when it says that it is ready.
     *
     * @throws AssertionError with its log, where its process ends before
     */
    public void awaitReady() {
        Awaitility.await(name() + " is ready")
                .atMost(READY)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isReady);
    }

    /** As Ctrl-C does; returns when it has ended. */
    public void stop() {
        ChildProcess current = process;
        if (current != null) {
            current.terminate(STOPPED);
            kill();
        }
    }

    /** As {@code kill -9} does. */
    public void kill() {
        ChildProcess current = process;
        if (current != null) {
            current.close();
            process = null;
        }
    }

    private boolean isReady() {
        if (!isRunning()) {
            throw new AssertionError(name() + " ended:\n" + String.join("\n", log()));
        }
        HttpRequest probe = HttpRequest.newBuilder(URI.create(origin() + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Moves its clock, which its settings must allow. */
    void advance(Duration step) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin() + "/internal/clock"))
                .header("Authorization", "Bearer " + RunningCarillon.CLOCK_SECRET)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"advance\": \"" + step + "\"}"))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new AssertionError(name() + " did not move its clock: " + status);
            }
        } catch (IOException e) {
            throw new AssertionError(name() + " did not move its clock", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
