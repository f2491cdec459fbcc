package dev.carillon.schemas.recipient;

/** The characters of ids, checked without a regular expression: every record of the pipeline names several ids. */
final class IdAlphabet {
    private static final int MAX_LENGTH = 128;
    private static final boolean[] ALLOWED = allowed();

    private IdAlphabet() {}

    /** 1 to 128 of {@code A-Z a-z 0-9 . _ ~ : @ + -}. */
    static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ALLOWED.length || !ALLOWED[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] allowed() {
        boolean[] allowed = new boolean[128];
        for (char c = 0; c < allowed.length; c++) {
            allowed[c] = Character.isLetterOrDigit(c) || "._~:@+-".indexOf(c) >= 0;
        }
        return allowed;
    }
}
