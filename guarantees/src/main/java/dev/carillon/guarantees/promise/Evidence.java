package dev.carillon.guarantees.promise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Everything that was seen, kept in its order so that guarantees can be held against it. Safe for all threads. */
public final class Evidence {

    private static final int SENTENCES_SHOWN = 12;

    private final Queue<Consumer<Guarantee>> seen = new ConcurrentLinkedQueue<>();

    /** Adds one observation, as the call that tells a guarantee of it. */
    public void add(Consumer<Guarantee> observation) {
        seen.add(observation);
    }

    /** The same observations so far, to be added to without touching these. */
    public Evidence copy() {
        Evidence copy = new Evidence();
        copy.seen.addAll(seen);
        return copy;
    }

    /** Tells each guarantee everything. @return the sentences of the broken ones by their name */
    public Map<String, List<String>> broken(List<Guarantee> guarantees) {
        Map<String, List<String>> broken = new LinkedHashMap<>();
        for (Guarantee guarantee : guarantees) {
            seen.forEach(observation -> observation.accept(guarantee));
            List<String> sentences = guarantee.broken();
            if (!sentences.isEmpty()) {
                broken.put(guarantee.getClass().getSimpleName(), sentences);
            }
        }
        return broken;
    }

    /** As a text of some lines per guarantee. */
    public static String describe(Map<String, List<String>> broken) {
        List<String> lines = new ArrayList<>();
        broken.forEach((name, sentences) -> {
            lines.add(name + " is broken " + sentences.size() + " times:");
            sentences.stream().limit(SENTENCES_SHOWN).forEach(sentence -> lines.add("  " + sentence));
        });
        return String.join("\n", lines);
    }
}
