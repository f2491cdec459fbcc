package dev.carillon.ingest.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.carillon.ingest.document.Draft;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Records of Kafka in structured mode. */
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

    private static ProblemException problem(String contentType, String value) {
        return draft(contentType, value) instanceof Draft.Broken(ProblemException why) ? why : fail("taken: " + value);
    }

    private static Draft draft(String contentType, String value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("inbound", 0, 0, new byte[] {1}, value.getBytes(StandardCharsets.UTF_8));
        record.headers().add("content-type", contentType.getBytes(StandardCharsets.UTF_8));
        return CloudEvents.ofRecord(record);
    }
}
