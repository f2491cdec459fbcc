package dev.carillon.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page that maps promises to tests names tests that exist. */
class GuaranteesDocsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Scenario))(?:\\.(\\w+))?`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        List<MatchResult> named = NAMED.matcher(Files.readString(ROOT.resolve("docs/guarantees.md")))
                .results()
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        List<Path> sources = testSources();
        List<String> missing = new ArrayList<>();
        for (MatchResult name : named) {
            if (!exists(sources, name.group(1), name.group(2))) {
                missing.add(name.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(Files::isRegularFile).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    /** Several modules may have a class of this name. */
    private static boolean exists(List<Path> sources, String type, @Nullable String method) throws IOException {
        for (Path source : sources) {
            if (source.endsWith(type + ".java")
                    && (method == null || Files.readString(source).contains(" " + method + "("))) {
                return true;
            }
        }
        return false;
    }
}
