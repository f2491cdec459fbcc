package dev.carillon.ingest.recipient;

import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.http.FieldError;
import dev.carillon.schemas.notification.LongestWaits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is probably a mistake in preferences, but may also be ahead of the catalogue: it is stored all the same. */
final class PreferenceWarnings {
    /** What waits longer in the router is not sent. */
    private static final Duration LONGEST_WAIT = LongestWaits.HELD;

    private final TypeCatalogue types;
    private final Unsubscriptions unsubscriptions;
    private final Clock clock;

    PreferenceWarnings(TypeCatalogue types, Clock clock) {
        this.types = types;
        this.unsubscriptions = new Unsubscriptions(types);
        this.clock = clock;
    }

    /**
     * What to tell who sent a document.
     *
     * @param document as it was sent
     * @param stored what became of it
     */
    List<FieldError> of(PreferenceDocument document, PreferenceDocument stored) {
        List<FieldError> warnings = new ArrayList<>();
        unsubscriptions
                .defended(document, stored.unsubscribed())
                .forEach(stop -> warnings.add(new FieldError(
                        stop.path(),
                        "unsubscribed",
                        "stays off: the recipient unsubscribed on " + stop.at()
                                + "; to take that back, send the change with the present version")));
        document.types().keySet().stream()
                .filter(name -> types.find(name) == null)
                .forEach(name -> warnings.add(
                        new FieldError("types." + name, "unknown_type", "the catalogue has no such type yet")));
        document.categories().keySet().stream()
                .filter(name -> !types.hasCategory(name))
                .forEach(name -> warnings.add(
                        new FieldError("categories." + name, "unknown_category", "no type has this category yet")));
        longMute("muted_until", document.mutedUntil(), warnings);
        for (int i = 0; i < document.mutes().size(); i++) {
            longMute("mutes[" + i + "].until", document.mutes().get(i).until(), warnings);
        }
        return warnings;
    }

    private void longMute(String field, @Nullable Instant until, List<FieldError> warnings) {
        if (until != null && until.isAfter(clock.instant().plus(LONGEST_WAIT))) {
            warnings.add(new FieldError(
                    field,
                    "range",
                    "is more than " + LONGEST_WAIT.toDays()
                            + " days ahead: mails and pushes that would wait longer are not sent; the feed has them"));
        }
    }
}
