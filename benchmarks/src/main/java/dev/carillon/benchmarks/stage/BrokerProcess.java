package dev.carillon.benchmarks.stage;

import dev.carillon.embedded.BrokerMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The embedded broker in a process of its own. */
public final class BrokerProcess implements AutoCloseable {
    private final Program program;
    private final Conditions conditions;
    private final String bootstrapServers;
    private final Admin admin;

    private BrokerProcess(Program program, Conditions conditions) {
        this.conditions = conditions;
        this.program = program;
        this.bootstrapServers = program.awaitReady();
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    static BrokerProcess start(Path directory, Conditions conditions) {
        conditions.progress().say("starting the broker");
        List<String> jvm = new ArrayList<>(List.of("-Xmx1g"));
        Profiles.arguments(conditions).forEach(jvm::add);
        return new BrokerProcess(Program.start(BrokerMain.class, jvm, "--directory", directory.toString()), conditions);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public long pid() {
        return program.pid();
    }

    public Admin admin() {
        return admin;
    }

    public void createTopic(String name, int partitions) {
        try {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + name + " was not created", e);
        }
    }

    @Override
    public void close() {
        admin.close();
        program.process().terminate(Duration.ofSeconds(20));
        program.close();
        Profiles.name(conditions, program.pid(), "broker");
    }
}
