package dev.carillon.platform.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Map;

/**
 * A compiled template of plain text. A variable without a value is empty and named. Nothing is escaped: whoever shows the result
 * does that. Only maps, lists and scalars are read, never fields or methods of an object. Safe for all threads.
 */
public final class TextTemplate {
    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(false)
            .defaultValue(BoundedText.MISSING + "{{name}}" + BoundedText.MISSING)
            .withCollector(new DataCollector())
            .withLoader(name -> {
                throw new IllegalArgumentException("partials are not available: " + name);
            });

    private final Template template;

    private TextTemplate(Template template) {
        this.template = template;
    }

    /** @throws IllegalArgumentException where {@code text} is no template, see {@link TemplateSyntax} */
    public static TextTemplate compile(String text) {
        TemplateProblem problem = TemplateSyntax.check(text);
        if (problem != null) {
            throw new IllegalArgumentException(problem.toString());
        }
        try {
            return new TextTemplate(COMPILER.compile(text));
        } catch (MustacheException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Renders with {@code data}, whose values are maps, lists, strings, numbers and booleans.
     *
     * @param most characters of the result; what is longer is cut, never within a character
     * @throws RenderLimitException where the template loops over too much
     */
    public FilledText render(Map<String, ?> data, int most) {
        BoundedText text = new BoundedText(most);
        boolean cut = false;
        DataCollector.begin();
        try {
            template.execute(data, text);
        } catch (BoundedText.FullException e) {
            cut = true;
        } catch (MustacheException e) {
            // Whatever is thrown while a value is read comes wrapped.
            throw e.getCause() instanceof RenderLimitException limit ? limit : e;
        } finally {
            DataCollector.end();
        }
        return new FilledText(text.toString(), text.missing(), cut);
    }
}
