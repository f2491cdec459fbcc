package dev.carillon.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A main class of this module in a JVM of its own, to be killed. */
record ChildServer(Process process, String address) implements AutoCloseable {

    static ChildServer start(Class<?> main, Path directory) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        "--directory",
                        directory.toString()))
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ServerMain.READY)) {
                return new ChildServer(process, line.substring(ServerMain.READY.length()));
            }
            said.append(line).append('\n');
        }
        throw new IOException("The child ended before it was ready: " + said);
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
