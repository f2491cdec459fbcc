package dev.carillon.benchmarks.result;

import dev.carillon.schemas.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report as files. */
public final class ReportFiles {
    private ReportFiles() {}

    /** Writes {@code latest.json} and {@code index.html} into a directory. */
    public static void write(Report report, Path directory) throws IOException {
        Files.createDirectories(directory);
        json(report, directory.resolve("latest.json"));
        Files.writeString(directory.resolve("index.html"), Page.of(report));
    }

    public static void json(Report report, Path file) throws IOException {
        Files.writeString(
                file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(ReportJson.of(report)) + "\n");
    }
}
