package dev.carillon.inapp.feed;

import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads a {@link ListQuery} from the parameters of a URL and refuses what breaks a rule. */
final class ListParameters {
    private final Map<String, String> parameters;
    private final RecipientId recipient;

    private ListParameters(Map<String, String> parameters, RecipientId recipient) {
        this.parameters = parameters;
        this.recipient = recipient;
    }

    /**
     * The query that {@code parameters} describe.
     *
     * @throws ProblemException 400, naming parameter and rule
     */
    static ListQuery read(Map<String, String> parameters, RecipientId recipient) {
        return new ListParameters(parameters, recipient).query();
    }

    private ListQuery query() {
        int limit = number("limit", ListQuery.DEFAULT_LIMIT, 1, ListQuery.MAX_LIMIT);
        int page = number("page", 1, 1, Integer.MAX_VALUE / ListQuery.MAX_LIMIT);
        int offset = number("offset", (page - 1) * limit, 0, Integer.MAX_VALUE);
        Cursor cursor = cursor();
        return new ListQuery(status(), limit, cursor, cursor == null ? offset : 0);
    }

    private Status status() {
        String name = parameters.get("status");
        if (name != null) {
            return Status.parse(name)
                    .orElseThrow(() -> refused("status", "one_of", "must be one of " + Status.names()));
        }
        String unreadOnly = parameters.getOrDefault("unread_only", "false");
        return switch (unreadOnly) {
            case "true" -> Status.UNREAD;
            case "false" -> Status.ACTIVE;
            default -> throw refused("unread_only", "one_of", "must be true or false");
        };
    }

    private @Nullable Cursor cursor() {
        String text = parameters.get("cursor");
        return text == null
                ? null
                : Cursor.decode(text, recipient)
                        .orElseThrow(() -> refused("cursor", "cursor", "must be a next_cursor that you were given"));
    }

    private int number(String name, int otherwise, int min, int max) {
        String text = parameters.get(name);
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

    private static ProblemException refused(String parameter, String rule, String message) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid_parameter",
                parameter + ": " + message,
                List.of(new FieldError(parameter, rule, message)),
                null);
    }
}
