package dev.carillon.inapp.feed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which part of a feed a list shows. The conditions are SQL over {@code inapp.feed}; {@code :now} is their parameter. */
enum Status {
    /** What a feed shows unless asked otherwise. */
    ACTIVE("archived_at is null and (snoozed_until is null or snoozed_until <= :now)"),
    UNREAD("read_at is null and " + ACTIVE.condition),
    READ("read_at is not null and " + ACTIVE.condition),
    ARCHIVED("archived_at is not null"),
    SNOOZED("archived_at is null and snoozed_until > :now");

    /** What is in any part of a feed at all. */
    static final String PRESENT = "dismissed_at is null and (expires_at is null or expires_at > :now)";

    private final String condition;

    Status(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
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
