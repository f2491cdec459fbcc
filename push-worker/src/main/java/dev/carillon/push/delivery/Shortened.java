package dev.carillon.push.delivery;

import dev.carillon.schemas.Json;
import java.text.BreakIterator;
import java.util.Locale;

/** Shortens texts between characters as people see them, so that no accent, flag or family falls apart. */
final class Shortened {
    static final String ELLIPSIS = "…";

    private Shortened() {}

    /** The text itself if its JSON fits into this many bytes, otherwise its beginning with an ellipsis. */
    static String to(String text, int jsonBytes) {
        if (bytes(text) <= jsonBytes) {
            return text;
        }
        int room = jsonBytes - bytes(ELLIPSIS);
        int fits = 0;
        int tooMuch = text.length();
        while (tooMuch - fits > 1) {
            int middle = (fits + tooMuch) >>> 1;
            int end = Character.isLowSurrogate(text.charAt(middle)) ? middle - 1 : middle;
            if (end > fits && bytes(text.substring(0, end)) <= room) {
                fits = end;
            } else {
                tooMuch = middle;
            }
        }
        return text.substring(0, boundaryAtOrBefore(text, fits)).stripTrailing() + ELLIPSIS;
    }

    /** Bytes of the text inside a JSON string. */
    static int bytes(String text) {
        return Json.write(text).length - 2;
    }

    private static int boundaryAtOrBefore(String text, int index) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        return characters.isBoundary(index) ? index : Math.max(0, characters.preceding(index));
    }
}
