package dev.carillon.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class KafkaClientsTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Services that spin while they wait leave no processor to a broker that starts again on their machine. */
    @Test
    void aReaderRestsWhileItsBrokerIsAway() throws IOException {
        Set<Long> before = threads();
        try (Consumer<byte[], byte[]> reader = withoutBroker().committedReader(Service.INGEST_API, "waiting", 10)) {
            reader.subscribe(List.of("events"));
            // Loads and warms up what follows, which takes some machines longer than what is measured.
            assertThat(reader.poll(Duration.ofMillis(500))).isEmpty();
            Set<Long> clients = threads();
            clients.removeAll(before);
            long used = used(clients);
            // As long as it takes to tell resting from spinning: polls that last 500 ms each.
            for (int i = 0; i < 4; i++) {
                assertThat(reader.poll(Duration.ofMillis(500))).isEmpty();
            }
            assertThat(Duration.ofNanos(used(clients) - used)).isLessThan(Duration.ofMillis(700));
        }
    }

    /** By this thread and {@code others}, in nanoseconds of a processor. */
    private static long used(Set<Long> others) {
        return THREADS.getCurrentThreadCpuTime()
                + others.stream().mapToLong(THREADS::getThreadCpuTime).sum();
    }

    private static Set<Long> threads() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null
                        && (thread.getThreadName().startsWith("consumer_background")
                                || thread.getThreadName().startsWith("kafka-coordinator")))
                .map(thread -> thread.getThreadId())
                .collect(Collectors.toSet());
    }

    private static KafkaClients withoutBroker() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of("127.0.0.1:" + closed));
        return new KafkaClients(properties, new Topics(TopicSettings.defaults()));
    }
}
