package dev.carillon.standalone.compose;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.Map;

/** The chart, rendered by Helm itself as the release {@code c}. */
final class HelmChart {
    static final Path FOLDER = ComposeFile.REPOSITORY.resolve("helm/carillon");
    static final Map<String, String> REQUIRED = Map.of(
            "existingSecret", "carillon-secrets",
            "kafka.bootstrapServers", "kafka:9092",
            "database.url", "jdbc:postgresql://postgres:5432/carillon");

    private HelmChart() {}

    /** With what it requires, and {@code values}. */
    static String render(Map<String, String> values) {
        TemplateCommand template = new Helm(FOLDER).template().withName("c");
        REQUIRED.forEach(template::set);
        values.forEach(template::set);
        return template.call();
    }
}
