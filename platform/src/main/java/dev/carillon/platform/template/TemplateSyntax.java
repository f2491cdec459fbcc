package dev.carillon.platform.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the syntax of a template: Mustache's variables, sections, inverted sections and comments. Partials, blocks and
 * changes of delimiters are refused; a name is a path of letters, digits, {@code _} and {@code -}, or {@code .}.
 */
public final class TemplateSyntax {
    private static final int DEEPEST_NESTING = 10;
    private static final Pattern NAME =
            Pattern.compile("\\.|[\\p{L}\\p{N}_-]{1,64}(?:\\.[\\p{L}\\p{N}_-]{1,64}){0,15}");

    private final String text;
    private final boolean rawAllowed;
    private final Deque<Section> open = new ArrayDeque<>();

    private TemplateSyntax(String text, boolean rawAllowed) {
        this.text = text;
        this.rawAllowed = rawAllowed;
    }

    /** The first problem of {@code text}, or null where it is a template. */
    public static @Nullable TemplateProblem check(String text) {
        return new TemplateSyntax(text, true).firstProblem();
    }

    /** As {@link #check}, for a text that becomes HTML: who asks there for a value as it is asks for markup of data. */
    public static @Nullable TemplateProblem checkForHtml(String text) {
        return new TemplateSyntax(text, false).firstProblem();
    }

    private @Nullable TemplateProblem firstProblem() {
        for (int at = text.indexOf("{{"); at >= 0; ) {
            boolean triple = text.startsWith("{{{", at);
            String close = triple ? "}}}" : "}}";
            int end = text.indexOf(close, at + close.length());
            if (end < 0) {
                return problem(at, "a tag is opened but not closed with " + close);
            }
            TemplateProblem problem = tag(at, text.substring(at + close.length(), end), triple);
            if (problem != null) {
                return problem;
            }
            at = text.indexOf("{{", end + close.length());
        }
        Section last = open.peek();
        return last == null ? null : problem(last.at, "section " + last.name + " is opened but not closed");
    }

    private @Nullable TemplateProblem tag(int at, String content, boolean triple) {
        String inner = content.strip();
        if (inner.isEmpty()) {
            return problem(at, "a tag is empty");
        }
        char sigil = triple ? '&' : inner.charAt(0);
        return switch (sigil) {
            case '!' -> null;
            case '>' -> problem(at, "partials are not available");
            case '<', '$' -> problem(at, "blocks are not available");
            case '=' -> problem(at, "delimiters cannot be changed");
            case '#', '^' -> open(at, inner.substring(1).strip());
            case '/' -> close(at, inner.substring(1).strip());
            case '&' -> raw(at, triple ? inner : inner.substring(1).strip());
            default -> name(at, inner);
        };
    }

    private @Nullable TemplateProblem raw(int at, String name) {
        return rawAllowed
                ? name(at, name)
                : problem(at, "{{{ and {{& are not available in a text of a mail, which becomes HTML: use {{ }}");
    }

    private @Nullable TemplateProblem open(int at, String name) {
        if (open.size() >= DEEPEST_NESTING) {
            return problem(at, "sections are nested deeper than " + DEEPEST_NESTING);
        }
        open.push(new Section(name, at));
        return name(at, name);
    }

    private @Nullable TemplateProblem close(int at, String name) {
        if (open.isEmpty()) {
            return problem(at, "section " + quoted(name) + " is closed but not opened");
        }
        Section last = open.pop();
        return last.name.equals(name)
                ? null
                : problem(at, "section " + last.name + " is open, but " + quoted(name) + " is closed");
    }

    private @Nullable TemplateProblem name(int at, String name) {
        return NAME.matcher(name).matches()
                ? null
                : problem(at, "no name of a variable: " + quoted(name) + "; expected for example data.amount");
    }

    private static String quoted(String name) {
        return '"' + (name.length() > 40 ? name.substring(0, 40) + "…" : name) + '"';
    }

    private TemplateProblem problem(int at, String message) {
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new TemplateProblem(line, text.codePointCount(lineStart, at) + 1, message);
    }

    private record Section(String name, int at) {}
}
