package dev.carillon.platform.rendering;

import dev.carillon.platform.template.FilledText;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the texts of one rendering. For one thread. */
final class Warnings {
    private static final int MOST = 10;
    private static final int LONGEST = 200;

    private final List<String> all = new ArrayList<>(0);

    void add(String text, String problem) {
        if (all.size() < MOST) {
            String warning = text + ": " + problem;
            all.add(warning.length() <= LONGEST ? warning : warning.substring(0, LONGEST - 1) + "…");
        }
    }

    void add(String text, FilledText filled, int most) {
        filled.missing().forEach(name -> add(text, name + " has no value"));
        if (filled.cut()) {
            add(text, "is longer than " + most + " characters and cut");
        }
    }

    List<String> all() {
        return all;
    }
}
