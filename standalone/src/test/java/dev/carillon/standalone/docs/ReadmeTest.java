package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path REPOSITORY = Path.of("..");
    /** As {@code `module/…/package/Class.java`}; the ellipsis is any folders. */
    private static final Pattern READ_NEXT = Pattern.compile("`([^`]+(?:\\.java|/))`");

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");

    @Test
    void namesFilesToReadThatExist() throws IOException {
        String readme = Files.readString(REPOSITORY.resolve("README.md"));
        List<String> order = readme.substring(readme.indexOf("## Read in this order"))
                .lines()
                .filter(line -> line.matches("\\d\\. .*"))
                .flatMap(line -> READ_NEXT.matcher(line).results().map(found -> found.group(1)))
                .toList();
        assertThat(order).hasSizeGreaterThan(7).allMatch(named -> !named.contains("…") || exists(named));
        assertThat(order.stream().filter(named -> named.contains("…"))).hasSizeGreaterThan(7);
    }

    @Test
    void linksOnlyToWhatExists() throws IOException {
        for (String page : new String[] {
            "README.md",
            "CONTRIBUTING.md",
            "docs/api.md",
            "docs/embedding.md",
            "docs/running.md",
            "docs/guarantees.md",
            "docs/operations.md",
            "docs/migrating.md",
            "docs/metrics.md",
            "docs/cookbook.md"
        }) {
            Path file = REPOSITORY.resolve(page);
            assertThat(LINK.matcher(Files.readString(file)).results().map(found -> found.group(1)))
                    .as(page)
                    .allMatch(target -> Files.exists(file.resolveSibling(target)));
        }
    }

    private static boolean exists(String named) {
        String[] ends = named.split("/?…/", 2);
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(ends[0]).resolve("src/main/java"))) {
            return files.anyMatch(file -> file.endsWith(Path.of(ends[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
