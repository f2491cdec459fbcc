package dev.carillon.standalone.pipeline;

import dev.carillon.email.EmailWorkerApplication;
import dev.carillon.embedded.LoopbackPort;
import dev.carillon.inapp.InappWorkerApplication;
import dev.carillon.ingest.IngestApiApplication;
import dev.carillon.push.PushWorkerApplication;
import dev.carillon.router.RouterStreamApplication;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.ChildProcess;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/** The five services as five processes, started in random order against an outside broker and database. */
final class FiveProcesses implements RunningCarillon {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration STOPPED = Duration.ofMinutes(1);

    private final Outside outside;
    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
    private final Map<Service, ChildProcess> processes = new EnumMap<>(Service.class);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path state;
    private final List<String> settings;
    private Duration ahead = Duration.ZERO;

    /** The broker and the database that the services are told of. */
    record Outside(String bootstrapServers, String topicPrefix, TestDatabase database) {

        static Outside shared() {
            return new Outside(
                    TestInfrastructure.bootstrapServers(),
                    TestInfrastructure.freshTopicPrefix(),
                    TestInfrastructure.freshDatabase());
        }
    }

    private FiveProcesses(Outside outside, Path state, List<String> settings, RandomGenerator random) {
        this.outside = outside;
        this.state = state;
        this.settings = settings;
        for (Service service : Service.values()) {
            ports.put(service, LoopbackPort.choose(0));
        }
        List<Service> order = new ArrayList<>(Arrays.asList(Service.values()));
        Collections.shuffle(order, random);
        order.forEach(service -> processes.put(service, start(service)));
    }

    /** Starts the processes in random order and returns at once, ready or not. */
    static FiveProcesses starting(Outside outside, Path state, List<String> settings, RandomGenerator random) {
        return new FiveProcesses(outside, state, settings, random);
    }

    /** Starts the processes in random order and returns when all are ready. */
    static FiveProcesses started(Outside outside, Path state, List<String> settings, RandomGenerator random) {
        FiveProcesses processes = starting(outside, state, settings, random);
        processes.awaitReady();
        return processes;
    }

    void awaitReady() {
        for (Service service : Service.values()) {
            Awaitility.await(service.code() + " is ready").atMost(READY).until(() -> isReady(service));
        }
    }

    /** What a service has logged since it was started. */
    List<String> log(Service service) {
        ChildProcess process = processes.get(service);
        return process == null ? List.of() : process.log();
    }

    private void startAgain() {
        Arrays.asList(Service.values()).forEach(service -> processes.put(service, start(service)));
        awaitReady();
        if (ahead.isPositive()) {
            Arrays.asList(Service.values()).forEach(service -> move(service, ahead));
        }
    }

    private ChildProcess start(Service service) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--server.port=" + ports.get(service));
        arguments.add("--spring.kafka.bootstrap-servers=" + outside.bootstrapServers());
        arguments.add("--carillon.topics.prefix=" + outside.topicPrefix());
        arguments.add("--carillon.router.state-dir=" + state);
        outside.database().springProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return ChildProcess.start(new ChildProcess.Command(main(service), arguments.toArray(String[]::new))
                .jvm("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    private static Class<?> main(Service service) {
        return switch (service) {
            case INGEST_API -> IngestApiApplication.class;
            case ROUTER_STREAM -> RouterStreamApplication.class;
            case INAPP_WORKER -> InappWorkerApplication.class;
            case EMAIL_WORKER -> EmailWorkerApplication.class;
            case PUSH_WORKER -> PushWorkerApplication.class;
        };
    }

    private boolean isReady(Service service) {
        ChildProcess process = processes.get(service);
        if (process == null || !process.isAlive()) {
            throw new AssertionError(service.code() + " ended: " + (process == null ? "" : process.log()));
        }
        HttpRequest probe = HttpRequest.newBuilder(URI.create(origin(service) + "/actuator/health/readiness"))
                .build();
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String origin(Service service) {
        return "http://" + LoopbackPort.HOST + ":" + ports.get(service);
    }

    @Override
    public void advance(Duration step) {
        ahead = ahead.plus(step);
        Arrays.asList(Service.values()).forEach(service -> move(service, step));
    }

    private void move(Service service, Duration step) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin(service) + "/internal/clock"))
                .header("Authorization", "Bearer " + CLOCK_SECRET)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"advance\": \"" + step + "\"}"))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new AssertionError(service.code() + " did not move its clock: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void restart() {
        stopAll();
        startAgain();
    }

    private void stopAll() {
        processes.values().forEach(process -> process.terminate(STOPPED));
        processes.values().forEach(ChildProcess::close);
        processes.clear();
    }

    @Override
    public void close() {
        stopAll();
        http.close();
    }
}
