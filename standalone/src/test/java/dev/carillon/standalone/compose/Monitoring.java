package dev.carillon.standalone.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics that alert rules and dashboard ask for. */
public final class Monitoring {
    private static final Pattern NAME = Pattern.compile(
            "(?<![A-Za-z0-9_.$/-])((?:carillon|http|hikaricp|jvm|process|cache|kafka|tomcat|system)_[a-z0-9_]+)");

    private Monitoring() {}

    public static Set<String> metrics() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String file : new String[] {"ops/alerts.yml", "ops/grafana/carillon.json"}) {
            NAME.matcher(Files.readString(ComposeFile.REPOSITORY.resolve(file)))
                    .results()
                    .forEach(found -> names.add(found.group(1)));
        }
        return names;
    }
}
