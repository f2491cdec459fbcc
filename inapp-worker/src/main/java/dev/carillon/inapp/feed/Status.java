package dev.carillon.inapp.feed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which part of a feed a list shows. The conditions are SQL over rows of {@code inapp.feed}. */
enum Status {
    /** What a feed shows unless asked otherwise. What is snoozed comes back when it is woken, not by the clock alone. */
    ACTIVE("$archived_at is null and $snoozed_until is null"),
    UNREAD("$read_at is null and " + ACTIVE.template),
    READ("$read_at is not null and " + ACTIVE.template),
    ARCHIVED("$archived_at is not null"),
    SNOOZED("$archived_at is null and $snoozed_until is not null");

    private static final String PRESENT_TEMPLATE =
            "$dismissed_at is null and ($expires_at is null or $expires_at > :now)";

    /** What is in any part of a feed at all; {@code :now} is its parameter. */
    static final String PRESENT = PRESENT_TEMPLATE.replace("$", "");

    private final String template;

    Status(String template) {
        this.template = template;
    }

    /** {@link #PRESENT}, of the row that is called {@code row}. */
    static String presentIn(String row) {
        return PRESENT_TEMPLATE.replace("$", row + ".");
    }

    String condition() {
        return template.replace("$", "");
    }

    /** The condition, of the row that is called {@code row}. */
    String conditionIn(String row) {
        return template.replace("$", row + ".");
    }

    /** The status of that name, in lower case; {@link #ACTIVE} has none. */
    static Optional<Status> parse(String name) {
        return Arrays.stream(values())
                .filter(status -> status != ACTIVE && status.code().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values())
                .filter(status -> status != ACTIVE)
                .map(Status::code)
                .collect(Collectors.joining(", "));
    }

    private String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
