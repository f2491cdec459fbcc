package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.load.Arguments;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The floor of the router: for each record in, one record of a delivery's size and one of an outcome's, exactly once, with
 * the router's commit interval and producer, and nothing decided.
 */
public final class PassThroughMain {
    private static final int OUTCOME_BYTES = 300;

    private PassThroughMain() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        StreamsBuilder builder = new StreamsBuilder();
        var bytes = Serdes.ByteArray();
        KStream<byte[], byte[]> records = builder.stream(
                arguments.text("from"), Consumed.with(bytes, bytes).withName("in"));
        records.to(arguments.text("deliveries"), Produced.with(bytes, bytes).withName("deliveries"));
        byte[] outcome = new byte[OUTCOME_BYTES];
        records.mapValues(value -> outcome, Named.as("outcome"))
                .to(arguments.text("outcomes"), Produced.with(bytes, bytes).withName("outcomes"));
        try (KafkaStreams streams = new KafkaStreams(builder.build(), settings(arguments))) {
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.RUNNING) {
                    System.out.println("READY " + arguments.text("application"));
                }
            });
            streams.start();
            while (System.in.read() >= 0) {
                // Runs until whoever started it closes the connection.
            }
        }
    }

    private static Properties settings(Arguments arguments) {
        Properties all = new Properties();
        all.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                arguments.text("application"),
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                arguments.text("broker"),
                StreamsConfig.STATE_DIR_CONFIG,
                arguments.text("state"),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                100,
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                1));
        all.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        for (Map.Entry<String, Object> setting : List.<Map.Entry<String, Object>>of(
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 1),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10))) {
            all.put(StreamsConfig.producerPrefix(setting.getKey()), setting.getValue());
        }
        return all;
    }
}
