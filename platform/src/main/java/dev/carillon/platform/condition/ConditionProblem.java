package dev.carillon.platform.condition;

/**
 * Why a text is no condition.
 *
 * @param line from 1
 * @param column from 1
 */
public record ConditionProblem(int line, int column, String message) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
