package dev.carillon.guarantees.promise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A recipient sees events in the order in which they were accepted, but for those with a time of their own, in her feed and on her stream. */
public final class InOrder implements Guarantee {

    private final Map<String, Long> turns = new HashMap<>();
    private final Map<String, List<String>> feeds = new HashMap<>();
    private final Map<String, List<String>> streams = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    @Override
    public void accepted(Accepted event) {
        if (!(event.nature() instanceof Nature.Later)) {
            turns.put(event.token(), event.turn());
        }
    }

    /** Counts what a client did not know before. */
    @Override
    public void shown(Shown shown) {
        if (known.add(shown.recipient() + shown.id() + shown.rev())) {
            streams.computeIfAbsent(shown.recipient(), recipient -> new ArrayList<>())
                    .add(shown.token());
        }
    }

    @Override
    public void stored(String recipient, List<Stored> feed) {
        feeds.put(
                recipient,
                feed.reversed().stream()
                        .filter(row -> !row.archived() && !row.woken())
                        .map(Stored::token)
                        .toList());
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        feeds.forEach((recipient, tokens) -> check("the feed of " + recipient, tokens, broken));
        streams.forEach((recipient, tokens) -> check("the stream of " + recipient, tokens, broken));
        return broken;
    }

    private void check(String where, List<String> tokens, List<String> broken) {
        long latest = Long.MIN_VALUE;
        String before = "";
        for (String token : tokens) {
            Long turn = turns.get(token);
            if (turn == null) {
                continue;
            }
            if (turn < latest) {
                broken.add(where + " has " + token + " after " + before);
            } else {
                latest = turn;
                before = token;
            }
        }
    }
}
