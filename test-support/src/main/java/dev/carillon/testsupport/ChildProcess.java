package dev.carillon.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A program in a JVM of its own, mostly a main class of the test's class path, to be killed, frozen and looked at. */
public final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final Thread reaper;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.reaper = new Thread(process::destroyForcibly, "kill-child-" + process.pid());
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /**
     * What to start.
     *
     * @param jvmArguments such as -Xmx256m or -Dname=value
     */
    public record Command(
            Class<?> main, List<String> jvmArguments, List<String> arguments, Map<String, String> environment) {

        public Command(Class<?> main, String... arguments) {
            this(main, List.of(), List.of(arguments), Map.of());
        }

        /** The same with other arguments for the JVM. */
        public Command jvm(String... others) {
            return new Command(main, List.of(others), arguments, environment);
        }
    }

    /** Starts it with both output streams in a temporary file. */
    public static ChildProcess start(Command command) {
        List<String> line = new ArrayList<>();
        line.add("--enable-native-access=ALL-UNNAMED");
        line.addAll(command.jvmArguments());
        line.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), command.main().getName()));
        line.addAll(command.arguments());
        return java(line, command.environment());
    }

    /** Starts {@code java} with these arguments, and variables besides its own, in the same way. */
    public static ChildProcess java(List<String> arguments, Map<String, String> environment) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(arguments);
        try {
            Path log = Files.createTempFile("carillon-child-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new ChildProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start java with " + arguments, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it has written so far; the last character may be half of one. */
    public List<String> log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for a line that contains the text and returns it.
     *
     * @throws AssertionError with the log, where the process ends without it or the wait is over
     */
    public String awaitLine(String text, Duration wait) {
        List<String> found = new ArrayList<>();
        try {
            Awaitility.await().atMost(wait).pollInterval(Duration.ofMillis(20)).until(() -> {
                boolean ended = !process.isAlive();
                log().stream().filter(line -> line.contains(text)).findFirst().ifPresent(found::add);
                return ended || !found.isEmpty();
            });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(failure("did not write \"" + text + "\" within " + wait), e);
        }
        if (found.isEmpty()) {
            throw new AssertionError(failure("ended without writing \"" + text + "\""));
        }
        return found.getFirst();
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As Ctrl-C and {@code kill} do; returns the exit code. */
    public int terminate(Duration wait) {
        process.destroy();
        return awaitExit(wait);
    }

    /** Waits for the end and returns the exit code. */
    public int awaitExit(Duration wait) {
        try {
            return process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS).exitValue();
        } catch (TimeoutException e) {
            throw new AssertionError(failure("still runs after " + wait), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it from running at all, as a long pause would, until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** What every thread of it does, as {@code jcmd Thread.print} says; why not, where it does not answer. */
    public String threads() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process asking = new ProcessBuilder(jcmd, Long.toString(pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "no threads of process " + pid() + ": " + e;
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(reaper);
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String failure(String what) {
        return "Process " + pid() + " " + what + "; it wrote:\n" + String.join("\n", log());
    }
}
