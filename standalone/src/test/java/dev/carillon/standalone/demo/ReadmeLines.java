package dev.carillon.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The shell lines of documents that talk to a running Carillon. */
final class ReadmeLines {
    private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final String ADDRESS = "http://127.0.0.1:8080";

    private ReadmeLines() {}

    /** One script of all blocks of the README that use the address, in their order, with {@code origin} instead of it. */
    static String script(String origin) throws IOException {
        return script(
                blocks("README.md").stream()
                        .filter(block -> block.contains(ADDRESS))
                        .toList(),
                origin);
    }

    /** One script of all blocks of the cookbook. */
    static String cookbook(String origin) throws IOException {
        return script(blocks("docs/cookbook.md"), origin);
    }

    private static String script(List<String> blocks, String origin) {
        return "set -eu\n" + String.join("\n", blocks).replace(ADDRESS, origin);
    }

    private static List<String> blocks(String page) throws IOException {
        return SHELL_BLOCK
                .matcher(Files.readString(Path.of("..").resolve(page)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
