package dev.carillon.benchmarks.push;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.load.SinkStatistics;
import dev.carillon.benchmarks.stage.Program;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A running {@link PushSinkMain} and its devices, one for each of {@code r0} and so on. */
public final class PushSink implements AutoCloseable {
    private static final EndUserTokens TOKENS =
            new EndUserTokens(RunningCarillon.JWT_SECRET, "carillon", MachineClock.clock());

    private final Program program;
    private final Path directory;
    private final String origin;
    private final int statistics;

    private PushSink(Program program, Path directory) {
        this.program = program;
        this.directory = directory;
        String ready = program.awaitReady();
        int space = ready.indexOf(' ');
        origin = ready.substring(0, space);
        statistics = Integer.parseInt(ready.substring(space + 1));
    }

    public static PushSink start(Stage stage, int devices, boolean decrypt) {
        Path directory = stage.directory("push");
        return new PushSink(
                Program.start(
                        PushSinkMain.class,
                        java.util.List.of(),
                        "--directory=" + directory,
                        "--devices=" + devices,
                        "--decrypt=" + (decrypt ? 1 : 0)),
                directory);
    }

    public long pid() {
        return program.pid();
    }

    public String origin() {
        return origin;
    }

    Path certificate() {
        return directory.resolve(PushSinkMain.CERTIFICATE);
    }

    /** What a push worker is to be told so that it trusts this service. */
    public String[] trust() {
        return new String[] {
            "--spring.ssl.bundle.pem.bench.truststore.certificate=file:" + certificate(),
            "--carillon.push.http.ssl-bundle=bench"
        };
    }

    /** Has the push worker at this origin know every device. */
    public void subscribe(String worker) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode devices = Json.mapper().readTree(Files.readAllBytes(directory.resolve(PushSinkMain.DEVICES)));
            for (int i = 0; i < devices.size(); i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(worker + "/api/v1/push/subscribe"))
                        .header("Authorization", "Bearer " + TOKENS.issue(new RecipientId("r" + i), Duration.ofDays(1)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                devices.get(i).path("json").asString()))
                        .build();
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() / 100 != 2) {
                    throw new IllegalStateException("not subscribed: " + answer.statusCode() + " " + answer.body());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What has come since the last call. */
    public JsonNode taken() {
        return SinkStatistics.ask(statistics);
    }

    @Override
    public void close() {
        program.close();
    }
}
