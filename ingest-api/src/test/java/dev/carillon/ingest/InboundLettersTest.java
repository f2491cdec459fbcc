package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Events from Kafka that were refused, and are the same events again when they are replayed. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboundLettersTest {
    private static final String LETTERS = "/api/v1/ops/dead-letters";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration WAIT = Duration.ofMinutes(1);

    private RunningIngest ingest;
    private TopicProbe topics;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    /** How a record says what event it is. */
    enum Form {
        BINARY {
            @Override
            ProducerRecord<byte[], byte[]> record(String topic, String type) {
                CloudEvent event = CloudEventBuilder.from(event(type))
                        .withData("application/json", "{\"amount\":12}".getBytes(StandardCharsets.UTF_8))
                        .build();
                return KafkaMessageFactory.createWriter(topic, new byte[] {1}).writeBinary(event);
            }
        },
        /** All of it is headers. */
        BINARY_WITHOUT_DATA {
            @Override
            ProducerRecord<byte[], byte[]> record(String topic, String type) {
                return KafkaMessageFactory.createWriter(topic, new byte[] {1}).writeBinary(event(type));
            }
        },
        STRUCTURED {
            @Override
            ProducerRecord<byte[], byte[]> record(String topic, String type) {
                return KafkaMessageFactory.createWriter(topic, new byte[] {1})
                        .writeStructured(event(type), new JsonFormat());
            }
        },
        OWN {
            @Override
            ProducerRecord<byte[], byte[]> record(String topic, String type) {
                String event = "{\"id\":\"1\",\"source\":\"/%1$s\",\"type\":\"%1$s\",\"recipients\":[\"ada\"]}"
                        .formatted(type);
                return new ProducerRecord<>(topic, event.getBytes(StandardCharsets.UTF_8));
            }
        };

        abstract ProducerRecord<byte[], byte[]> record(String topic, String type);

        private static CloudEvent event(String type) {
            return CloudEventBuilder.v1()
                    .withId("1")
                    .withSource(URI.create("/" + type))
                    .withType(type)
                    .withExtension("recipients", "ada")
                    .build();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRefusedIsTheSameEventAgainOnceItsCauseIsGone(Form form) {
        String type = "late." + form.name().toLowerCase(Locale.ROOT);
        ProducerRecord<byte[], byte[]> record = form.record(ingest.topic("inbound"), type);
        record.headers().add("traceparent", TRACE.getBytes(StandardCharsets.UTF_8));
        send(record);
        long id = letter("the catalogue has no type " + type);

        JsonNode shown = ingest.api().get(LETTERS + "/" + id).json();
        assertThat(shown.get("replayable").asBoolean()).isTrue();
        assertThat(shown.at("/record/headers").valueStream())
                .anySatisfy(header -> assertThat(header.toString()).contains("traceparent", TRACE));
        assertThat(ingest.api()
                        .put("/api/v1/types/" + type, "{\"templates\": [{\"title\": \"Known now\"}]}")
                        .status())
                .isEqualTo(200);
        assertThat(ingest.api().post(LETTERS + "/" + id + "/replay", "").status())
                .isEqualTo(200);

        RouteEvent routed = routed(EventUid.of("/" + type, "1").toString());
        assertThat(routed.event().type()).isEqualTo(type);
        assertThat(routed.targets().recipients()).containsExactly(new RecipientId("ada"));
        assertThat(routed.traceparent()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @CsvSource({"0, 900000, 3", "600000, 300000, 2"})
    void whatIsTooLargeToBeKeptLeavesALetterThatSaysWhereItLies(int keyLength, int length, int partition) {
        byte[] broken = ("{\"title\":\"" + "x".repeat(length)).getBytes(StandardCharsets.UTF_8);
        byte[] key = keyLength == 0 ? null : new byte[keyLength];
        send(new ProducerRecord<>(ingest.topic("inbound"), partition, key, broken));

        long id = await().atMost(WAIT).until(() -> tooLarge(partition), found -> found > 0);

        JsonNode letter = ingest.api().get(LETTERS + "/" + id).json();
        assertThat(letter.get("replayable").asBoolean()).isFalse();
        assertThat(letter.at("/record/topic").asString()).isEqualTo(ingest.topic("inbound"));
        assertThat(letter.at("/record/partition").asInt()).isEqualTo(partition);
        Answer refused = ingest.api().post(LETTERS + "/" + id + "/replay", "");
        assertThat(refused.status() + " " + refused.text("code")).isEqualTo("409 no_record");
    }

    private long tooLarge(int partition) {
        return ingest.api()
                .get(LETTERS + "?channel=ingest-api&reason=too_large")
                .json()
                .get("dead_letters")
                .valueStream()
                .mapToLong(letter -> letter.get("id").asLong())
                .filter(id -> ingest.api()
                                .get(LETTERS + "/" + id)
                                .json()
                                .at("/record/partition")
                                .asInt()
                        == partition)
                .findFirst()
                .orElse(0);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", topics.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(record);
        }
    }

    private long letter(String detail) {
        return await().atMost(WAIT).until(() -> find(detail), found -> found > 0);
    }

    private long find(String detail) {
        return ingest.api()
                .get(LETTERS + "?channel=ingest-api")
                .json()
                .get("dead_letters")
                .valueStream()
                .filter(letter -> letter.get("detail").asString().contains(detail))
                .mapToLong(letter -> letter.get("id").asLong())
                .findFirst()
                .orElse(0);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private RouteEvent routed(String uid) {
        return topics
                .readUntil(
                        ingest.topic("intake"), WAIT, read -> read.stream().anyMatch(record -> uid.equals(key(record))))
                .stream()
                .filter(record -> uid.equals(key(record)))
                .map(record -> (RouteEvent) Json.read(record.value(), IntakeRecord.class))
                .findFirst()
                .orElseThrow();
    }
}
