package dev.carillon.ingest.recipient;

import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.http.FieldError;
import java.util.ArrayList;
import java.util.List;

/** What is probably a mistake in preferences, but may also be ahead of the catalogue: it is stored all the same. */
final class PreferenceWarnings {
    private final TypeCatalogue types;

    PreferenceWarnings(TypeCatalogue types) {
        this.types = types;
    }

    List<FieldError> of(PreferenceDocument document) {
        List<FieldError> warnings = new ArrayList<>();
        document.types().keySet().stream()
                .filter(name -> types.find(name) == null)
                .forEach(name -> warnings.add(
                        new FieldError("types." + name, "unknown_type", "the catalogue has no such type yet")));
        document.categories().keySet().stream()
                .filter(name -> !types.hasCategory(name))
                .forEach(name -> warnings.add(
                        new FieldError("categories." + name, "unknown_category", "no type has this category yet")));
        return warnings;
    }
}
