package dev.carillon.email.layout;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.carillon.platform.template.TemplateProblem;
import dev.carillon.platform.template.TemplateSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One template of the layout. HTML escapes every variable but {@code content}, which is what another template made; text
 * escapes nothing, since nothing in it is markup.
 */
final class LayoutFile {
    private static final int LENGTH = 6_144;
    private static final Pattern TAG = Pattern.compile("\\{\\{\\{?\\s*([#^/&]?)\\s*([\\w.]+)\\s*}}");

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
            return compile(replaced ? String.valueOf(own) : name, text, name.endsWith(".html"));
        } catch (CharacterCodingException e) {
            throw refused(String.valueOf(own), "is not UTF-8 text");
        } catch (IOException e) {
            throw refused(String.valueOf(own), "cannot be read: " + e);
        }
    }

    String fill(Page page) {
        StringWriter writer = new StringWriter(LENGTH);
        template.execute(page, writer);
        return writer.toString();
    }

    private static LayoutFile compile(String file, String text, boolean html) {
        TemplateProblem problem = TemplateSyntax.check(text);
        if (problem == null) {
            problem = unknownVariable(text);
        }
        if (problem != null) {
            throw refused(file, problem.toString());
        }
        if (file.contains("frame.") && !text.contains("content}}")) {
            throw refused(file, "has no {{{content}}}, without which mails would be empty");
        }
        return new LayoutFile(Mustache.compiler()
                .escapeHTML(html)
                .nullValue("")
                .emptyStringIsFalse(true)
                .compile(text));
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
