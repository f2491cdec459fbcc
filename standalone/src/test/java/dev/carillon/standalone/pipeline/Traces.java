package dev.carillon.standalone.pipeline;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for somebody everywhere: in every row of every table of every schema, in every live record of every compacted topic,
 * the changelogs of the router's stores among them, and in every record of the others. It knows no table and no topic by name.
 */
final class Traces {
    private final JdbcClient jdbc;
    private final KafkaClients clients;
    private final List<String> words;

    /** @param words any of which tells of her */
    Traces(DataSource database, KafkaClients clients, String... words) {
        this.jdbc = JdbcClient.create(database);
        this.clients = clients;
        this.words = List.of(words);
    }

    /** Where she is, each place once: {@code table inapp.feed}, {@code topic carillon.recipients}. */
    List<String> found() {
        return Stream.concat(
                        inTables().stream().map(table -> "table " + table),
                        inTopics().stream().map(topic -> "topic " + topic))
                .sorted()
                .toList();
    }

    /** Every table that has a column for whom a row is about. */
    List<String> tablesOfRecipients() {
        return jdbc.sql("SELECT DISTINCT c.table_schema || '.' || c.table_name FROM information_schema.columns c"
                        + " JOIN information_schema.tables t USING (table_schema, table_name)"
                        + " WHERE c.column_name IN ('recipient', 'address') AND t.table_type = 'BASE TABLE'"
                        + " AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid ="
                        + " (c.table_schema || '.' || c.table_name)::regclass)")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<String> inTables() {
        return jdbc
                .sql(
                        "SELECT table_schema || '.' || table_name FROM information_schema.tables"
                                + " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')")
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .filter(this::isInTable)
                .toList();
    }

    /** Bytes are shown in hexadecimal digits. */
    private boolean isInTable(String table) {
        String[] patterns = words.stream()
                .flatMap(word -> Stream.of(word, HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8))))
                .toArray(String[]::new);
        return jdbc.sql("SELECT EXISTS (SELECT FROM " + table + " t, unnest(:patterns::text[]) AS p (pattern)"
                        + " WHERE position(p.pattern in t::text) > 0)")
                .param("patterns", patterns)
                .query(Boolean.class)
                .single();
    }

    private List<String> inTopics() {
        List<String> found = new ArrayList<>();
        topics(policy -> policy.contains("compact")).forEach((topic, partitions) -> {
            if (live(topic, partitions).anyMatch(this::tells)) {
                found.add(topic);
            }
        });
        return found;
    }

    /** Where records that name her stay until their time has come. */
    List<String> inTopicsThatForgetByTime() {
        List<String> found = new ArrayList<>();
        topics(policy -> policy.equals("delete")).forEach((topic, partitions) -> {
            List<String> texts = new ArrayList<>();
            read(topic, partitions, record -> texts.add(text(record.key()) + " " + text(record.value())));
            if (texts.stream().anyMatch(this::tells)) {
                found.add(topic);
            }
        });
        return found;
    }

    private boolean tells(String text) {
        return words.stream().anyMatch(text::contains);
    }

    /** The topics of a clean-up policy with the numbers of their partitions. */
    private Map<String, Integer> topics(Predicate<String> policy) {
        try (Admin admin = clients.admin()) {
            List<ConfigResource> topics = admin.listTopics().names().get().stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            List<String> names = admin.describeConfigs(topics).all().get().entrySet().stream()
                    .filter(entry ->
                            policy.test(entry.getValue().get("cleanup.policy").value()))
                    .map(entry -> entry.getKey().name())
                    .toList();
            return admin.describeTopics(names).allTopicNames().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> entry.getValue().partitions().size()));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The last record of each key that no tombstone has taken, key and value in one text. */
    private Stream<String> live(String topic, int partitions) {
        Map<String, String> latest = new HashMap<>();
        read(topic, partitions, record -> keep(latest, record));
        return latest.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue());
    }

    private void read(String topic, int partitions, Consumer<ConsumerRecord<byte[], byte[]>> into) {
        Map<String, Object> props = clients.readerProps(Service.INGEST_API, "traces");
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(props)) {
            for (int i = 0; i < partitions; i++) {
                TopicPartition partition = new TopicPartition(topic, i);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(200)).forEach(into);
                }
            }
        }
    }

    private static void keep(Map<String, String> latest, ConsumerRecord<byte[], byte[]> record) {
        String key = record.partition() + "/" + text(record.key());
        if (record.value() == null) {
            latest.remove(key);
        } else {
            latest.put(key, text(record.value()));
        }
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
