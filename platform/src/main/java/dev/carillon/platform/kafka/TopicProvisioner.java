package dev.carillon.platform.kafka;

import dev.carillon.platform.startup.StartupWait;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Creates the catalogue's topics before anything reads or writes them, and refuses to start where the number of
 * partitions differs: Kafka Streams does not notice, and half of its look-ups then miss in silence.
 */
public final class TopicProvisioner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final Duration TRY_LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final Topics topics;
    private volatile boolean running;

    public TopicProvisioner(KafkaClients clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    /** Waits for a broker that is away, with a line in the log for every try. */
    @Override
    public void start() {
        Admin admin = clients.admin();
        try (StartupWait _ = StartupWait.begin()) {
            while (!provision(admin)) {
                Thread.sleep(PAUSE);
            }
            running = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        } finally {
            // Not the default, which waits for calls to a broker that is away.
            admin.close(Duration.ZERO);
        }
    }

    private boolean provision(Admin admin) throws InterruptedException {
        try {
            List<TopicSpec> specs = topics.all();
            createMissing(admin, specs);
            Map<String, TopicDescription> found = admin.describeTopics(
                            specs.stream().map(TopicSpec::name).toList())
                    .allTopicNames()
                    .get(TRY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            specs.forEach(spec -> check(spec, found.get(spec.name())));
            return true;
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("waiting for the Kafka broker: {}", String.valueOf(cause.getMessage()));
            return false;
        }
    }

    private void createMissing(Admin admin, List<TopicSpec> specs)
            throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> existing = admin.listTopics().names().get(TRY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        List<NewTopic> missing = specs.stream()
                .filter(spec -> !existing.contains(spec.name()))
                .map(this::newTopic)
                .toList();
        try {
            admin.createTopics(missing).all().get(TRY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        if (!missing.isEmpty()) {
            awaitLeaders(admin, specs);
        }
    }

    /** A new partition takes a moment until its leader answers; whoever sent a record before that would be told 503. */
    private static void awaitLeaders(Admin admin, List<TopicSpec> specs)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = specs.stream()
                .flatMap(spec -> IntStream.range(0, spec.partitions())
                        .mapToObj(partition -> new TopicPartition(spec.name(), partition)))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        admin.listOffsets(ends).all().get(TRY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private NewTopic newTopic(TopicSpec spec) {
        Map<String, String> config = new HashMap<>(topics.settings().ofEveryTopic());
        config.putAll(spec.config());
        return new NewTopic(spec.name(), spec.partitions(), topics.settings().replicationFactor()).configs(config);
    }

    private static void check(TopicSpec spec, @Nullable TopicDescription found) {
        int partitions = found == null ? 0 : found.partitions().size();
        if (partitions != spec.partitions()) {
            throw new TopicMismatchException("topic " + spec.name() + " has " + partitions + " partitions, but "
                    + spec.partitions() + " are configured: set carillon.topics.partitions to the number this"
                    + " installation began with");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Phases.TOPICS;
    }
}
