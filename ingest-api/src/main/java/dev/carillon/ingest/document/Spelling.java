package dev.carillon.ingest.document;

import java.util.Comparator;
import java.util.Set;

/** Guesses what a caller meant by an unknown name. */
final class Spelling {
    private static final int MAX_DISTANCE = 2;
    private static final int MAX_LENGTH = 40;

    private Spelling() {}

    /** A half-sentence to append to a message, empty where nothing known is near. */
    static String suggestion(String name, Set<String> known) {
        if (name.length() > MAX_LENGTH) {
            return "";
        }
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= MAX_DISTANCE)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
