package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.tools.StorageTool;

/** Gives an empty broker directory its cluster id; one that has it is left alone. */
final class BrokerFormat {

    /** Fixed, so that the brokers of a cluster need not agree on one: the base64 of 16 bytes, as Kafka wants it. */
    private static final String CLUSTER_ID = "Y2FyaWxsb24tYnJva2VyMQ";

    private BrokerFormat() {}

    static void ensure(Path directory, Properties properties) {
        Path log = Path.of(properties.getProperty("log.dirs"));
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try {
            Path file = directory.resolve("server.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            format(directory, file);
        } catch (IOException e) {
            throw refused(directory, Sentences.of(e));
        }
    }

    private static void format(Path directory, Path file) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {"format", "--cluster-id", CLUSTER_ID, "--config", file.toString(), "--ignore-formatted"};
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            if (StorageTool.execute(arguments, out) != 0) {
                throw refused(directory, Sentences.of(said.toString(StandardCharsets.UTF_8)));
            }
        }
    }

    private static StartRefusedException refused(Path directory, String why) {
        return new StartRefusedException(
                Reason.FAILED, "The broker's directory %s cannot be prepared: %s.".formatted(directory, why));
    }
}
