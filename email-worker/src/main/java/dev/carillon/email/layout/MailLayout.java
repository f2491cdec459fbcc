package dev.carillon.email.layout;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/** The look of mails: the same page as text and as HTML, each from its own template. */
final class MailLayout {

    private static final String FOLDER = "dev/carillon/email/layout";

    private final Mustache html = new DefaultMustacheFactory(FOLDER).compile("layout.html");
    private final Mustache text = new PlainTextFactory().compile("layout.txt");

    String html(Page page) {
        return fill(html, page, 6144);
    }

    String text(Page page) {
        return fill(text, page, 1024);
    }

    private static String fill(Mustache template, Page page, int expected) {
        StringWriter writer = new StringWriter(expected);
        template.execute(writer, page);
        return writer.toString();
    }

    /** Text needs no escaping: nothing in it is markup. */
    private static final class PlainTextFactory extends DefaultMustacheFactory {
        PlainTextFactory() {
            super(FOLDER);
        }

        @Override
        public void encode(String value, Writer writer) {
            try {
                writer.write(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
