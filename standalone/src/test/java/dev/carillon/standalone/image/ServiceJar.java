package dev.carillon.standalone.image;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The executable jar of a service, started with the arguments that its image has; what it writes is of both its streams. */
final class ServiceJar implements AutoCloseable {
    static final Duration WAIT = Duration.ofMinutes(2);

    static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    static final Path REPOSITORY = Path.of("..");

    private static final Pattern ENTRYPOINT = Pattern.compile("ENTRYPOINT (\\[.*?])", Pattern.DOTALL);

    private final ChildProcess process;
    private final String origin;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceJar(ChildProcess process, String origin) {
        this.process = process;
        this.origin = origin;
    }

    /** Returns at once. */
    static ServiceJar start(Service service, String format, List<String> settings) {
        List<String> arguments = new ArrayList<>(SMALL);
        arguments.addAll(asItsImage(jar(service)));
        return start(arguments, format, settings);
    }

    /** The same with the JVM's arguments as given, which end with the jar. */
    static ServiceJar start(List<String> jvm, String format, List<String> settings) {
        int port = LoopbackPort.choose(0);
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(settings);
        arguments.add("--server.port=" + port);
        ChildProcess process = ChildProcess.java(arguments, Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", format));
        return new ServiceJar(process, "http://" + LoopbackPort.HOST + ":" + port);
    }

    /** What {@code package} made of a service. */
    static Path jar(Service service) {
        return jar(service.code());
    }

    static Path jar(String module) {
        Path target = REPOSITORY.resolve(module).resolve("target");
        try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("mvn package makes the jar that is not in " + target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> asItsImage(Path jar) {
        try {
            Matcher entrypoint = ENTRYPOINT.matcher(Files.readString(REPOSITORY.resolve("Dockerfile")));
            if (!entrypoint.find()) {
                throw new IllegalStateException("the Dockerfile has no entrypoint");
            }
            List<String> command = new ArrayList<>();
            Json.mapper()
                    .readTree(entrypoint.group(1).replace("\\\n", ""))
                    .forEach(argument -> command.add(argument.asString()));
            command.removeFirst();
            command.set(command.size() - 1, jar.toString());
            return command;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        HttpRequest probe = request("/actuator/health/readiness").build();
        Awaitility.await(origin).atMost(WAIT).until(() -> !process.isAlive() || isReady(probe));
        if (!process.isAlive()) {
            throw new AssertionError("it ended:\n" + String.join("\n", log()));
        }
    }

    private boolean isReady(HttpRequest probe) throws InterruptedException {
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path));
    }

    /** The status of its answer. */
    int send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    void awaitLine(String text) {
        String _ = process.awaitLine(text, WAIT);
    }

    /** All that it wrote until it ended by itself; that it ended badly is meant. */
    List<String> failed() {
        if (process.awaitExit(WAIT) == 0) {
            throw new AssertionError("it ended well:\n" + String.join("\n", log()));
        }
        return log();
    }

    /** All that it wrote, the last of it when it was told to stop. */
    List<String> stopped() {
        int _ = process.terminate(WAIT);
        return log();
    }

    private List<String> log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }
}
