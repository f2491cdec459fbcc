package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/** A page of docs/ that the code writes: {@code -Dcarillon.docs.write=true} brings it up to date. */
final class GeneratedPage {
    private GeneratedPage() {}

    /** @param test whose run with that property writes the page */
    static void saysWhatTheCodeSays(String page, String rendered, Class<?> test) throws IOException {
        Path path = Path.of("..", "docs", page);
        if (Boolean.getBoolean("carillon.docs.write")) {
            Files.writeString(path, rendered);
        }
        assertThat(path)
                .as(
                        "docs/%s is out of date: run mvn -pl standalone -am verify -Dcarillon.docs.write=true -Dtest=%s"
                                + " -Dsurefire.failIfNoSpecifiedTests=false",
                        page, test.getSimpleName())
                .hasContent(rendered);
    }

    /** Every line that the page has stays. Only new ones are written; who takes a promise back deletes its line by hand. */
    static void keepsWhatWasPromised(String page, SortedSet<String> promises, Class<?> test) throws IOException {
        Path path = Path.of("..", "docs", page);
        List<String> made = Files.exists(path) ? Files.readAllLines(path) : List.of();
        assertThat(made.stream().filter(line -> !promises.contains(line)))
                .as("taken back of docs/%s: whoever relies on it breaks", page)
                .isEmpty();
        saysWhatTheCodeSays(page, String.join("\n", promises) + "\n", test);
    }
}
