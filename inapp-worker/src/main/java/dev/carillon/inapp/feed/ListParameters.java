package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link ListQuery} from the parameters of a URL and refuses what breaks a rule. */
final class ListParameters {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MAX_WORDS = 20;

    private final Parameters parameters;
    private final RecipientId recipient;

    private ListParameters(Parameters parameters, RecipientId recipient) {
        this.parameters = parameters;
        this.recipient = recipient;
    }

    /**
     * The query that {@code parameters} describe.
     *
     * @param zone of the caller, where the parameters name none
     * @throws ProblemException 400, naming parameter and rule
     */
    static ListQuery read(Map<String, String> parameters, RecipientId recipient, Instant now, ZoneId zone) {
        return new ListParameters(new Parameters(parameters), recipient).query(now, zone);
    }

    private ListQuery query(Instant now, ZoneId zone) {
        int limit = parameters.number("limit", ListQuery.DEFAULT_LIMIT, 1, ListQuery.MAX_LIMIT);
        int page = parameters.number("page", 1, 1, Integer.MAX_VALUE / ListQuery.MAX_LIMIT);
        int offset = parameters.number("offset", (page - 1) * limit, 0, Integer.MAX_VALUE);
        Cursor cursor = cursor();
        return new ListQuery(filter(now, zone), limit, cursor, cursor == null ? offset : 0);
    }

    private FeedFilter filter(Instant now, ZoneId zone) {
        return new FeedFilter(
                status(),
                parameters.text("type"),
                parameters.text("category"),
                priority(),
                parameters.text("group"),
                parameters.text("thread"),
                subject(),
                from(now, zone),
                words());
    }

    private Status status() {
        String name = parameters.text("status");
        if (name != null) {
            return Status.parse(name)
                    .orElseThrow(() -> Parameters.refused("status", "one_of", "must be one of " + Status.names()));
        }
        return parameters.flag("unread_only") ? Status.UNREAD : Status.ACTIVE;
    }

    private @Nullable String priority() {
        String name = parameters.text("priority");
        if (name == null) {
            return null;
        }
        try {
            return Priority.parse(name).name().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw Parameters.refused("priority", "one_of", "must be one of low, normal, high, urgent");
        }
    }

    private @Nullable Subject subject() {
        String text = parameters.text("subject");
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw Parameters.refused("subject", "format", "must be a type, a colon and an id, as invoice:7");
        }
        return new Subject(text.substring(0, colon), text.substring(colon + 1), null, null);
    }

    private @Nullable Instant from(Instant now, ZoneId zone) {
        String name = parameters.text("date_range");
        ZoneId asked = zone(zone);
        return name == null
                ? null
                : DateRange.parse(name)
                        .orElseThrow(
                                () -> Parameters.refused("date_range", "one_of", "must be one of " + DateRange.names()))
                        .from(now, asked);
    }

    private ZoneId zone(ZoneId otherwise) {
        String name = parameters.text("time_zone");
        try {
            return name == null ? otherwise : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Parameters.refused("time_zone", "time_zone", "must be an IANA time zone, as Europe/Vienna");
        }
    }

    /** The words of {@code q}; what is neither letter nor digit parts them, so nothing of it can be an operator. */
    private List<String> words() {
        String text = parameters.text("q");
        if (text == null) {
            return List.of();
        }
        List<String> words = NO_WORD.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .limit(MAX_WORDS)
                .toList();
        if (words.isEmpty()) {
            throw Parameters.refused("q", "words", "must have a letter or a digit");
        }
        return words;
    }

    private @Nullable Cursor cursor() {
        String text = parameters.text("cursor");
        return text == null
                ? null
                : Cursor.decode(text, recipient)
                        .orElseThrow(() ->
                                Parameters.refused("cursor", "cursor", "must be a next_cursor that you were given"));
    }
}
