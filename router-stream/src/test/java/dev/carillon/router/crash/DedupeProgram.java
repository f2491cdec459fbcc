package dev.carillon.router.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.Stores;
import org.rocksdb.Options;

/**
 * A stream that passes every key once, remembering the keys in RocksDB under {@code exactly_once_v2}; made to be killed.
 *
 * <p>Memtables of 64 KB reach the disk long before a transaction ends, as a full memtable does in production. It prints
 * how many records it has processed, at every {@value #REPORT_EVERY}.
 */
final class DedupeProgram {

    static final int REPORT_EVERY = 500;
    static final String INPUT = "in";
    static final String OUTPUT = "out";
    private static final String STORE = "seen";

    private DedupeProgram() {}

    /** Arguments: bootstrap servers, application id and prefix of the topics, state directory, milliseconds between commits. */
    public static void main(String[] args) throws InterruptedException {
        KafkaStreams streams = new KafkaStreams(topology(args[1]), settings(args));
        streams.setUncaughtExceptionHandler(e -> {
            e.printStackTrace();
            return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
        });
        streams.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(10))));
        new CountDownLatch(1).await();
    }

    private static Topology topology(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return new Topology()
                .addSource("input", prefix + INPUT)
                .addProcessor("dedupe", () -> new Dedupe(count), "input")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.String()),
                        "dedupe")
                .addSink("output", prefix + OUTPUT, "dedupe");
    }

    private static Properties settings(String[] args) {
        Properties p = new Properties();
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, args[1] + "dedupe");
        p.put(StreamsConfig.STATE_DIR_CONFIG, args[2]);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, args[3]);
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        p.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, TinyMemtables.class);
        p.put("group.instance.id", Path.of(args[2]).getFileName().toString());
        p.put("session.timeout.ms", "10000");
        p.put("auto.offset.reset", "earliest");
        p.put("producer.linger.ms", "0");
        p.put("producer.transaction.timeout.ms", "900000");
        return p;
    }

    private static final class Dedupe implements Processor<String, String, String, String> {
        private final AtomicInteger count;
        private ProcessorContext<String, String> context;
        private KeyValueStore<String, String> seen;

        @SuppressWarnings("NullAway.Init")
        Dedupe(AtomicInteger count) {
            this.count = count;
        }

        @Override
        public void init(ProcessorContext<String, String> given) {
            context = given;
            seen = given.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, String> record) {
            if (seen.putIfAbsent(record.key(), record.value()) == null) {
                context.forward(record);
            }
            int processed = count.incrementAndGet();
            if (processed % REPORT_EVERY == 0) {
                System.out.println("processed " + processed + ".");
            }
        }
    }

    /** Named in the settings, made by Kafka Streams. */
    public static final class TinyMemtables implements RocksDBConfigSetter {
        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            options.setWriteBufferSize(64 << 10);
        }

        @Override
        public void close(String storeName, Options options) {}
    }
}
