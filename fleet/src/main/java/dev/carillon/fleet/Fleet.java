package dev.carillon.fleet;

import dev.carillon.email.EmailWorkerApplication;
import dev.carillon.embedded.LoopbackPort;
import dev.carillon.inapp.InappWorkerApplication;
import dev.carillon.ingest.IngestApiApplication;
import dev.carillon.push.PushWorkerApplication;
import dev.carillon.router.RouterStreamApplication;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.ChildProcess;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** The services as processes of their own, started in random order against an outside broker and database. */
public final class Fleet implements RunningCarillon {

    private final List<Member> members = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Duration ahead = Duration.ZERO;

    private Fleet(Wiring wiring, Path state, FleetSettings settings) {
        for (Service service : Service.values()) {
            for (int number = 1; number <= settings.replicas(service); number++) {
                members.add(member(service, number, wiring.outside(service, number), state, settings));
            }
        }
    }

    /**
     * Starts the processes in random order and returns at once, ready or not.
     *
     * @param state the directory that the routers keep their stores in
     */
    public static Fleet starting(Outside outside, Path state, FleetSettings settings, RandomGenerator random) {
        return starting((service, number) -> outside, state, settings, random);
    }

    /** The same with a way to broker and database of its own for every process. */
    public static Fleet starting(Wiring wiring, Path state, FleetSettings settings, RandomGenerator random) {
        Fleet fleet = new Fleet(wiring, state, settings);
        List<Member> order = new ArrayList<>(fleet.members);
        Collections.shuffle(order, random);
        order.forEach(Member::start);
        return fleet;
    }

    /** Starts the processes in random order and returns when all are ready. */
    public static Fleet started(Outside outside, Path state, FleetSettings settings, RandomGenerator random) {
        Fleet fleet = starting(outside, state, settings, random);
        fleet.awaitReady();
        return fleet;
    }

    public void awaitReady() {
        members.forEach(Member::awaitReady);
    }

    /** Where each process finds broker and database. */
    @FunctionalInterface
    public interface Wiring {
        /** @param number of the process among those of its service, from 1 */
        Outside outside(Service service, int number);
    }

    public List<Member> members() {
        return List.copyOf(members);
    }

    /** The processes of a service, the first one first. */
    public List<Member> members(Service service) {
        return members.stream().filter(member -> member.service() == service).toList();
    }

    /** What the first process of a service has logged since it was started. */
    public List<String> log(Service service) {
        return members(service).getFirst().log();
    }

    private Member member(Service service, int number, Outside outside, Path state, FleetSettings settings) {
        int port = LoopbackPort.choose(0);
        List<String> arguments = new ArrayList<>(settings.arguments());
        arguments.add("--server.port=" + port);
        arguments.add("--spring.kafka.bootstrap-servers=" + outside.bootstrapServers());
        arguments.add("--carillon.topics.prefix=" + outside.topicPrefix());
        if (service == Service.ROUTER_STREAM) {
            arguments.add("--carillon.router.state-dir=" + state.resolve("router-" + number));
            arguments.add("--carillon.router.instance=router-" + number);
        }
        outside.database().springProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        ChildProcess.Command command = new ChildProcess.Command(main(service), arguments.toArray(String[]::new))
                .jvm(settings.jvm().toArray(String[]::new));
        return new Member(service, number, port, command, http);
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

    /** Where the first process of a service answers. */
    @Override
    public String origin(Service service) {
        return members(service).getFirst().origin();
    }

    @Override
    public void advance(Duration step) {
        ahead = ahead.plus(step);
        members.forEach(member -> member.advance(step));
    }

    @Override
    public void restart() {
        members.forEach(Member::stop);
        members.forEach(Member::start);
        awaitReady();
        if (ahead.isPositive()) {
            members.forEach(member -> member.advance(ahead));
        }
    }

    /** Kills all processes, where nobody looks at what they leave behind. */
    public void kill() {
        members.forEach(Member::kill);
    }

    /** Stops all processes cleanly. */
    @Override
    public void close() {
        members.forEach(Member::stop);
        http.close();
    }
}
