package dev.carillon.benchmarks.footprint;

import dev.carillon.benchmarks.process.ProcessUsage;
import dev.carillon.embedded.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A program started as an operator starts it, watched until it is ready and then left alone. */
final class PackagedService {
    static final String READINESS = "/actuator/health/readiness";

    private static final Duration MOST = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 10_000_000;

    private PackagedService() {}

    /** What it took. */
    record Footprint(double secondsToReady, double restingMegabytes) {}

    /** The jar of a module, unpacked as the image has it. */
    static Path unpacked(Path home, String module, Path directory) throws IOException {
        Path target = home.resolve(module).resolve("target");
        try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
            Path jar = files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "there is no jar in " + target + "; ./carillon bench builds it first"));
            run(List.of(
                    java(),
                    "-Djarmode=tools",
                    "-jar",
                    jar.toString(),
                    "extract",
                    "--destination",
                    directory.toString()));
            return directory.resolve(jar.getFileName());
        }
    }

    /**
     * Starts a program twice with a port, and measures the second start, from what the JVM learnt in the first (JEP 514).
     *
     * @param program what follows the JVM's own arguments: {@code -jar} or a class path, and the program's arguments
     * @param port the argument that the port is appended to
     */
    static Footprint measure(List<String> jvm, List<String> program, String port, Path directory, Duration rest) {
        Path cache = directory.resolve("start.aot");
        Footprint _ = start(jvm, List.of("-XX:AOTCacheOutput=" + cache), program, port, Duration.ZERO);
        // Without the cache such a JVM does not start at all: that would be another figure.
        return start(jvm, List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"), program, port, rest);
    }

    private static Footprint start(
            List<String> jvm, List<String> caching, List<String> program, String portArgument, Duration rest) {
        int port = LoopbackPort.choose(0);
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(jvm);
        command.addAll(caching);
        command.addAll(program);
        command.add(portArgument + port);
        return start(command, port, rest);
    }

    private static Footprint start(List<String> command, int port, Duration rest) {
        Process process = null;
        Thread reaper = null;
        try {
            Path log = Files.createTempFile("carillon-footprint-", ".log");
            long start = System.nanoTime();
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            reaper = new Thread(process::destroyForcibly, "end-packaged");
            Runtime.getRuntime().addShutdownHook(reaper);
            awaitReady(process, port, log);
            double seconds = (System.nanoTime() - start) / 1e9;
            LockSupport.parkNanos(rest.toNanos());
            double megabytes = ProcessUsage.residentBytes(process.pid()) / 1e6;
            Files.delete(log);
            return new Footprint(seconds, megabytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (process != null) {
                process.destroy();
                process.onExit().join();
            }
            if (reaper != null) {
                Runtime.getRuntime().removeShutdownHook(reaper);
            }
        }
    }

    private static void awaitReady(Process process, int port, Path log) throws IOException {
        URI probe = URI.create("http://" + LoopbackPort.HOST + ":" + port + READINESS);
        long start = System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isReady(http, probe)) {
                if (!process.isAlive() || System.nanoTime() - start > MOST.toNanos()) {
                    throw new IllegalStateException("it does not become ready:\n" + Files.readString(log));
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static boolean isReady(HttpClient http, URI probe) {
        try {
            return http.send(HttpRequest.newBuilder(probe).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void run(List<String> command) throws IOException {
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
