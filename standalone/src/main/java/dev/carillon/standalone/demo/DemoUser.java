package dev.carillon.standalone.demo;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.Optional;

/** The three people of the demo. All are members of the audience {@link #TEAM}. */
enum DemoUser {
    ADA("ada", "Ada Lovelace", "en", "Europe/London"),
    BOB("bob", "Bob Kahn", "en", "America/New_York"),
    CYD("cyd", "Cyd Charisse", "de", "Europe/Vienna");

    static final String TEAM = "team-demo";

    private final String id;
    private final String fullName;
    private final String locale;
    private final String timeZone;

    DemoUser(String id, String fullName, String locale, String timeZone) {
        this.id = id;
        this.fullName = fullName;
        this.locale = locale;
        this.timeZone = timeZone;
    }

    static Optional<DemoUser> named(String id) {
        for (DemoUser user : values()) {
            if (user.id.equals(id)) {
                return Optional.of(user);
            }
        }
        return Optional.empty();
    }

    RecipientId id() {
        return new RecipientId(id);
    }

    String fullName() {
        return fullName;
    }

    String email() {
        return id + "@carillon.example";
    }

    String locale() {
        return locale;
    }

    String timeZone() {
        return timeZone;
    }
}
