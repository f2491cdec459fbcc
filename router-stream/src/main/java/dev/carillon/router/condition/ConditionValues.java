package dev.carillon.router.condition;

import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a condition can read: {@code data} (the event's own fields), {@code source}, {@code type}, {@code category},
 * {@code level}, {@code priority}, {@code actor} (id, name), {@code subjects} (each type, id, name, url) and
 * {@code recipient} (id, name, email, locale, time_zone). What is not known is absent.
 */
public final class ConditionValues {
    private ConditionValues() {}

    /**
     * @param labels of the event, completed by its type's
     * @param profile null where she was never registered
     */
    public static Map<String, Object> of(
            Event event, Labels labels, RecipientId recipient, @Nullable RecipientProfile profile) {
        Map<String, Object> all = new HashMap<>();
        all.put("data", event.content().data());
        all.put("source", event.source());
        all.put("type", text(event.type()));
        all.put("category", text(labels.category()));
        all.put("level", labels.levelOrDefault().name().toLowerCase(Locale.ROOT));
        all.put("priority", labels.priorityOrDefault().name().toLowerCase(Locale.ROOT));
        Actor actor = event.actor();
        all.put("actor", actor == null ? Map.of() : fields("id", actor.id().value(), "name", actor.name()));
        all.put(
                "subjects",
                event.content().subjects().stream()
                        .map(ConditionValues::subject)
                        .toList());
        all.put("recipient", recipient(recipient, profile));
        return all;
    }

    private static Map<String, Object> recipient(RecipientId id, @Nullable RecipientProfile profile) {
        return profile == null
                ? fields("id", id.value())
                : fields(
                        "id", id.value(),
                        "name", profile.name(),
                        "email", profile.email(),
                        "locale", profile.locale(),
                        "time_zone", profile.preferences().timeZone());
    }

    private static Map<String, Object> subject(Subject subject) {
        return fields("type", subject.type(), "id", subject.id(), "name", subject.name(), "url", subject.url());
    }

    /** Names and values in turn; what is null is left out. */
    private static Map<String, Object> fields(@Nullable String... namesAndValues) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            if (value != null) {
                fields.put(text(namesAndValues[i]), value);
            }
        }
        return fields;
    }

    /** A word that is not known is empty: it can be compared. */
    private static String text(@Nullable String word) {
        return word == null ? "" : word;
    }
}
