package dev.carillon.platform.template;

/**
 * Why a text is no template.
 *
 * @param line of the tag it is about, from 1
 * @param column of the tag, from 1
 */
public record TemplateProblem(int line, int column, String message) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
