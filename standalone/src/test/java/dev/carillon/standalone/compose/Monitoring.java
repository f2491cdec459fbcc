package dev.carillon.standalone.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that alert rules and dashboard ask for. */
public final class Monitoring {
    private static final List<String> FILES = List.of("ops/alerts.yml", "ops/grafana/carillon.json");
    private static final Pattern NAME = Pattern.compile(
            "(?<![A-Za-z0-9_.$/-])((?:carillon|http|hikaricp|jvm|process|cache|kafka|tomcat|system)_[a-z0-9_]+)");

    /** One of ours with what it is selected by. */
    private static final Pattern SELECTOR = Pattern.compile("(carillon_[a-z0-9_]+)\\{([^}]*)}");

    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\\\\?\"([^\"\\\\]*)");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)\\s*\\(([^;]*)");

    private Monitoring() {}

    /** A label of a metric of ours that is asked for, with the values that are, if any are. */
    record Label(String metric, String name, List<String> values) {}

    /** Every label that a selector of alert rules or dashboard asks for. */
    static List<Label> selected() throws IOException {
        List<Label> labels = new ArrayList<>();
        for (String text : texts()) {
            SELECTOR.matcher(text)
                    .results()
                    .forEach(found -> MATCHER.matcher(found.group(2))
                            .results()
                            .forEach(one -> labels.add(new Label(
                                    found.group(1),
                                    one.group(1),
                                    List.of(one.group(2).split("[|]", -1))))));
        }
        return labels;
    }

    /** Every label by which a metric of ours is summed up. */
    static List<Label> grouped() throws IOException {
        List<Label> labels = new ArrayList<>();
        for (String text : texts()) {
            GROUPING.matcher(text).results().forEach(found -> {
                Matcher metric = NAME.matcher(found.group(2));
                if (metric.find() && metric.group(1).startsWith("carillon_")) {
                    for (String label : found.group(1).split(",", -1)) {
                        labels.add(new Label(metric.group(1), label.strip(), List.of()));
                    }
                }
            });
        }
        return labels;
    }

    /** One line each, so that nothing is found across two expressions. */
    private static List<String> texts() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String file : FILES) {
            lines.addAll(Files.readAllLines(ComposeFile.REPOSITORY.resolve(file)));
        }
        return lines;
    }

    public static Set<String> metrics() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String file : FILES) {
            NAME.matcher(Files.readString(ComposeFile.REPOSITORY.resolve(file)))
                    .results()
                    .forEach(found -> names.add(found.group(1)));
        }
        return names;
    }
}
