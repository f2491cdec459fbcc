package dev.carillon.ingest.document;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which texts every store and channel down the pipeline can carry. */
public final class Texts {
    private Texts() {}

    /**
     * Why a text cannot be carried, or null where it can: PostgreSQL has no U+0000, and half of a surrogate pair has no
     * UTF-8.
     */
    static @Nullable String problem(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "must not contain the character U+0000";
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return "must not contain half of a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    /** As {@link #problem(String)}, for every name and text in a tree. */
    static @Nullable String problem(JsonNode node) {
        if (node.isString()) {
            return problem(node.stringValue());
        }
        if (!node.isContainer()) {
            return null;
        }
        for (String name : node.propertyNames()) {
            String problem = problem(name);
            if (problem != null) {
                return problem;
            }
        }
        for (JsonNode child : node) {
            String problem = problem(child);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Why a text cannot be a name or a label, or null where it can: as {@link #problem(String)}, and no controls. */
    public static @Nullable String labelProblem(String text) {
        String problem = problem(text);
        return problem == null && hasControls(text) ? "must not contain line breaks or control characters" : problem;
    }

    static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Characters as people count them: a pair of surrogates is one. */
    static boolean isLongerThan(String text, int maxCharacters) {
        return text.length() > maxCharacters && text.codePointCount(0, text.length()) > maxCharacters;
    }
}
