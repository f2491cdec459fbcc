package dev.carillon.standalone.compose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects, as sentences, what is wrong with manifests. */
final class Flaws {
    /** RFC 1123, as names of most objects, and the parts of others, must be. */
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final List<String> found = new ArrayList<>();

    List<String> all() {
        return List.copyOf(found);
    }

    void unless(boolean right, String where, String what) {
        if (!right) {
            found.add(where + ": " + what);
        }
    }

    void unlessLabel(@Nullable String name, String where) {
        unless(isLabel(name), where, "is no name: " + name);
    }

    static boolean isLabel(@Nullable String name) {
        return name != null && DNS_LABEL.matcher(name).matches();
    }

    <T> void unlessUnique(Collection<T> names, String where) {
        Set<T> seen = new HashSet<>();
        names.stream().filter(name -> !seen.add(name)).forEach(name -> found.add(where + ": twice " + name));
    }
}
