package dev.carillon.ingest.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.carillon.ingest.document.Draft;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Records of Kafka in both content modes. */
class CloudEventRecordTest {
    private static final String JSON = CloudEvents.STRUCTURED + "; charset=utf-8";
    private static final String ATTRIBUTES =
            "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/billing\",\"type\":\"invoice.settled\"";

    @Test
    void takesWhatTheSdkReadsAlsoWhereACallerWouldBeRefused() {
        for (String sent : new String[] {
            "{" + ATTRIBUTES + ",\"title\":\"first\",\"title\":\"Settled\"}",
            "{" + ATTRIBUTES + ",\"title\":\"Settled\"} x"
        }) {
            assertThat(draft(JSON, sent)).as(sent).isInstanceOfSatisfying(Draft.Ready.class, ready -> {
                assertThat(ready.part().node().path("title").asString()).isEqualTo("Settled");
                assertThat(ready.part().bytes()).isEqualTo(sent.length());
            });
        }
    }

    @Test
    void namesWhatIsMissing() {
        ProblemException problem = problem(JSON, "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/billing\"}");

        assertThat(problem.code()).isEqualTo("malformed_cloudevent");
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly("type");
    }

    @Test
    void saysWhereItIsNoJson() {
        ProblemException problem = problem(JSON, "{\"specversion\":");

        assertThat(problem.code()).isEqualTo("malformed_json");
        assertThat(problem).hasMessageContaining("line 1");
    }

    @Test
    void doesNotCallAnotherFormatMalformedJson() {
        ProblemException problem = problem("application/cloudevents+avro", "\u0001\u0002");

        assertThat(problem.code()).isEqualTo("malformed_cloudevent");
        assertThat(problem.errors()).isEmpty();
        assertThat(problem).hasMessageContaining("ncoding");
    }

    @Test
    void takesAHeaderWithoutAValueForAnAttributeThatIsNotThere() {
        ConsumerRecord<byte[], byte[]> record = record("{\"amount\":12}");
        Map<String, String> headers =
                Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/billing", "ce_type", "invoice.settled");
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        record.headers().add("content-type", null).add("ce_subject", null).add("ce_title", null);

        assertThat(CloudEvents.ofRecord(record)).isInstanceOfSatisfying(Draft.Ready.class, ready -> {
            assertThat(ready.part().node().propertyNames()).containsOnly("id", "source", "type", "data");
            assertThat(ready.part().node().at("/data/amount").intValue()).isEqualTo(12);
        });
        record.headers().remove("ce_id").add("ce_id", null);
        assertThat(CloudEvents.ofRecord(record))
                .isInstanceOfSatisfying(
                        Draft.Broken.class,
                        broken -> assertThat(broken.problem().errors())
                                .extracting(FieldError::field)
                                .containsExactly("id"));
        record.headers().remove("ce_specversion").add("ce_specversion", null);
        assertThat(CloudEvents.ofRecord(record)).isInstanceOf(Draft.Broken.class);
    }

    private static ProblemException problem(String contentType, String value) {
        return draft(contentType, value) instanceof Draft.Broken(ProblemException why) ? why : fail("taken: " + value);
    }

    private static Draft draft(String contentType, String value) {
        ConsumerRecord<byte[], byte[]> record = record(value);
        record.headers().add("content-type", contentType.getBytes(StandardCharsets.UTF_8));
        return CloudEvents.ofRecord(record);
    }

    private static ConsumerRecord<byte[], byte[]> record(String value) {
        return new ConsumerRecord<>("inbound", 0, 0, new byte[] {1}, value.getBytes(StandardCharsets.UTF_8));
    }
}
