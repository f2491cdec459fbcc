package dev.carillon.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** Tests of browser code, run by Node.js' own test runner. */
public final class NodeTests {

    private static final String SUFFIX = ".test.mjs";

    private NodeTests() {}

    /** Passes where every test of the folder passes; where there is no Node.js it is {@link Missing}. */
    public static void pass(Path folder) {
        pass(folder, Map.of());
    }

    /** Likewise, with {@code environment} beside the one of this process. */
    public static void pass(Path folder, Map<String, String> environment) {
        Missing.unless(Missing.starts("node"), "the tests in " + folder + " need Node.js, which is not installed");
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        command.addAll(files(folder));
        Assertions.assertTrue(command.size() > 2, "There is no test in " + folder);
        run(command, environment);
    }

    private static void run(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder node = new ProcessBuilder(command).redirectErrorStream(true);
            node.environment().putAll(environment);
            Process process = node.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Assertions.assertEquals(0, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
