package dev.carillon.email.layout;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The look of mails: the same page as text and as HTML, each from its own template. */
final class MailLayout {
    private static final int HTML_LENGTH = 6_144;
    private static final int TEXT_LENGTH = 1_024;

    private final Template html = compile("layout.html", true);

    /** Text needs no escaping: nothing in it is markup. */
    private final Template text = compile("layout.txt", false);

    String html(Page page) {
        return fill(html, page, HTML_LENGTH);
    }

    String text(Page page) {
        return fill(text, page, TEXT_LENGTH);
    }

    private static String fill(Template template, Page page, int expected) {
        StringWriter writer = new StringWriter(expected);
        template.execute(page, writer);
        return writer.toString();
    }

    private static Template compile(String file, boolean escape) {
        InputStream resource = Objects.requireNonNull(MailLayout.class.getResourceAsStream(file), file);
        try (Reader source = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            return Mustache.compiler().escapeHTML(escape).nullValue("").compile(source);
        } catch (IOException e) {
            throw new UncheckedIOException("the layout " + file + " cannot be read", e);
        }
    }
}
