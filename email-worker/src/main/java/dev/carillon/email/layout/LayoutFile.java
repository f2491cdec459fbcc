package dev.carillon.email.layout;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.carillon.platform.template.TemplateProblem;
import dev.carillon.platform.template.TemplateSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One template of the layout. HTML escapes every variable but {@code content}, which is what another template made; text
 * escapes nothing, since nothing in it is markup.
 */
final class LayoutFile {
    private static final int LENGTH = 6_144;
    private static final Pattern TAG = Pattern.compile("\\{\\{\\{?\\s*([#^/&]?)\\s*([\\w.]+)\\s*}}");

    /** The one variable that is markup already. */
    private static final Pattern RAW_CONTENT = Pattern.compile("\\{\\{(?:\\{(\\s*content\\s*)}|&(\\s*content\\s*))}}");

    /** The components of {@link Page} and of what it holds. */
    private static final Set<String> VARIABLES = Set.of(
            "language",
            "direction",
            "subject",
            "preview",
            "headline",
            "product",
            "logo",
            "brand",
            "accent",
            "groups",
            "more",
            "footer",
            "address",
            "unsubscribe",
            "unsubscribeLabel",
            "preferences",
            "preferencesLabel",
            "content",
            "name",
            "topics",
            "url",
            "items",
            "title",
            "colour",
            "paragraphs",
            "buttons",
            "image",
            "pictures",
            "source",
            "files",
            "pixel",
            "lines",
            "text",
            "first",
            "label");

    private final Template template;

    private LayoutFile(Template template) {
        this.template = template;
    }

    /** @throws IllegalArgumentException where it cannot be read or is broken */
    static LayoutFile read(@Nullable Path directory, String name) {
        Path own = directory == null ? null : directory.resolve(name);
        try {
            if (directory != null && !Files.isDirectory(directory)) {
                throw new NotDirectoryException(directory.toString());
            }
            boolean replaced = own != null && Files.exists(own);
            String text = replaced ? Files.readString(Objects.requireNonNull(own)) : builtIn(name);
            return compile(replaced ? String.valueOf(own) : name, name, text);
        } catch (CharacterCodingException e) {
            throw refused(String.valueOf(own), "is not UTF-8 text");
        } catch (IOException e) {
            throw refused(String.valueOf(own), "cannot be read: " + e);
        }
    }

    /**
     * A file under another name would change nothing, without a word. Those whose names begin with a dot, and directories,
     * are of the system: links of a mounted volume, for one.
     *
     * @throws IllegalArgumentException naming the first of them
     */
    static void requireKnown(@Nullable Path directory, Set<String> names) {
        if (directory == null || !Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !names.contains(file.getFileName().toString()))
                    .sorted()
                    .findFirst()
                    .ifPresent(file -> {
                        throw refused(
                                file.toString(), "is none of the layout's files, which are " + new TreeSet<>(names));
                    });
        } catch (IOException e) {
            throw refused(directory.toString(), "cannot be read: " + e);
        }
    }

    String fill(Page page) {
        TextWriter writer = new TextWriter(LENGTH);
        template.execute(page, writer);
        return writer.toString();
    }

    private static LayoutFile compile(String file, String name, String text) {
        boolean html = name.endsWith(".html");
        TemplateProblem problem = html
                ? TemplateSyntax.checkForHtml(RAW_CONTENT.matcher(text).replaceAll(LayoutFile::escaped))
                : TemplateSyntax.check(text);
        if (problem == null) {
            problem = unknownVariable(text);
        }
        if (problem != null) {
            throw refused(file, problem.toString());
        }
        LayoutFile compiled = new LayoutFile(Mustache.compiler()
                .withEscaper(html ? new HtmlEscaper() : Escapers.NONE)
                .nullValue("")
                .emptyStringIsFalse(true)
                .compile(text));
        compiled.tryOut(file, text, name.startsWith("frame."));
        return compiled;
    }

    /** As long as the tag that it stands for, so that the place of what follows stays right. */
    private static String escaped(MatchResult tag) {
        return tag.group(1) == null ? "{{ " + tag.group(2) + "}}" : "{{ " + tag.group(1) + " }}";
    }

    /** Whatever a mail may show: a variable that exists, but not where it is used, is found only so. */
    private void tryOut(String file, String text, boolean frame) {
        for (Page page : SamplePages.all()) {
            try {
                if (!fill(page.around(SamplePages.CONTENT)).contains(SamplePages.CONTENT) && frame) {
                    throw refused(file, "has no {{{content}}}, or not in every mail; without it mails would be empty");
                }
            } catch (MustacheException.Context e) {
                TemplateProblem problem = at(text, e.lineNo, e.key);
                throw refused(file, problem.toString());
            }
        }
    }

    private static TemplateProblem at(String text, int line, String variable) {
        Matcher tag = TAG.matcher(text.lines().skip(line - 1L).findFirst().orElse(""));
        int column = 1;
        while (tag.find()) {
            if (tag.group(2).equals(variable)) {
                column = tag.start() + 1;
                break;
            }
        }
        return new TemplateProblem(line, column, "there is no variable " + variable + " here");
    }

    private static @Nullable TemplateProblem unknownVariable(String text) {
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            if (!tag.group(2).equals(".") && !VARIABLES.contains(tag.group(2))) {
                String before = text.substring(0, tag.start());
                int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
                int column = before.length() - (before.lastIndexOf('\n') + 1) + 1;
                return new TemplateProblem(line, column, "there is no variable " + tag.group(2));
            }
        }
        return null;
    }

    private static String builtIn(String name) throws IOException {
        try (InputStream resource = Objects.requireNonNull(LayoutFile.class.getResourceAsStream(name), name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the layout " + name + " cannot be read", e);
        }
    }

    private static IllegalArgumentException refused(String file, String why) {
        return new IllegalArgumentException("carillon.email.layout.directory: " + file + ": " + why);
    }
}
