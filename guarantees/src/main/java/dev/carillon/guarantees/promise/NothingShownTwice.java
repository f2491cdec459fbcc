package dev.carillon.guarantees.promise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In-app everything is there once: one row per event in a feed, and on a stream one id and one revision per event. */
public final class NothingShownTwice implements Guarantee {

    private final Map<String, Set<String>> versions = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public void shown(Shown shown) {
        versions.computeIfAbsent(shown.recipient() + ' ' + shown.token(), key -> new HashSet<>())
                .add(shown.id() + " at " + shown.rev());
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        Set<String> tokens = new HashSet<>();
        for (Stored row : feed) {
            if (!tokens.add(row.token())) {
                broken.add("the feed of " + recipient + " has " + row.token() + " twice");
            }
        }
    }

    @Override
    public List<String> broken() {
        List<String> all = new ArrayList<>(broken);
        versions.forEach((what, seen) -> {
            if (seen.size() > 1) {
                all.add(what + " was streamed as " + seen);
            }
        });
        return all;
    }
}
