package dev.carillon.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The shell lines of the README that talk to a running Carillon. */
final class ReadmeLines {
    private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final String ADDRESS = "http://127.0.0.1:8080";

    private ReadmeLines() {}

    /** One script of all blocks that use the address, in their order, with {@code origin} instead of it. */
    static String script(String origin) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<String> blocks = SHELL_BLOCK
                .matcher(readme)
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.contains(ADDRESS))
                .toList();
        return "set -eu\n" + String.join("\n", blocks).replace(ADDRESS, origin);
    }
}
