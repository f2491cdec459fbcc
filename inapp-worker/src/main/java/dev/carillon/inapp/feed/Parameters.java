package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of a URL, refused by name where they break a rule. */
record Parameters(Map<String, String> values) {

    @Nullable String text(String name) {
        String text = values.get(name);
        return text == null || text.isEmpty() ? null : text;
    }

    int number(String name, int otherwise, int min, int max) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused like a number that is out of range
        }
        throw refused(name, "range", "must be a whole number from " + min + " to " + max);
    }

    boolean flag(String name) {
        return switch (values.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "one_of", "must be true or false");
        };
    }

    /** 400, naming parameter and rule. */
    static ProblemException refused(String parameter, String rule, String message) {
        return ProblemException.parameter(parameter, rule, message);
    }
}
