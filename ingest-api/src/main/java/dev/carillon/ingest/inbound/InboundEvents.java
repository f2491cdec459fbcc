package dev.carillon.ingest.inbound;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.KeyRate;
import dev.carillon.ingest.cloudevent.CloudEvents;
import dev.carillon.ingest.document.Draft;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.intake.AcceptEvents;
import dev.carillon.ingest.intake.AcceptEvents.Submission;
import dev.carillon.ingest.intake.Receipt;
import dev.carillon.ingest.intake.Way;
import dev.carillon.platform.delivery.DeadLetters;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import tools.jackson.databind.node.ObjectNode;

/**
 * Accepts the events of a batch as if they came over HTTP. What is refused becomes a dead letter with the reason that a
 * caller would have been told; where the broker does not acknowledge, the whole batch is delivered again, which is
 * harmless: an event is known by its id, or, where it has none, by its place in the topic.
 */
final class InboundEvents implements BatchAcknowledgingMessageListener<byte[], byte[]> {
    private final AcceptEvents acceptEvents;
    private final KeyRate rate;
    private final ApiKey caller;
    private final RecordSender records;
    private final DeadLetters deadLetters;

    InboundEvents(
            AcceptEvents acceptEvents, KeyRate rate, ApiKey caller, RecordSender records, DeadLetters deadLetters) {
        this.acceptEvents = acceptEvents;
        this.rate = rate;
        this.caller = caller;
        this.records = records;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> batch, @Nullable Acknowledgment acknowledgment) {
        List<Draft> drafts = batch.stream().map(InboundEvents::draft).toList();
        rate.take(caller, drafts.size());
        List<Receipt> receipts = acceptEvents.accept(new Submission(Way.KAFKA, caller, drafts, false));
        Map<OutgoingRecord, ConsumerRecord<byte[], byte[]>> dead = new LinkedHashMap<>();
        for (int i = 0; i < receipts.size(); i++) {
            if (receipts.get(i) instanceof Receipt.Refused(ProblemException problem)) {
                if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
                    throw problem;
                }
                dead.put(deadLetters.of(batch.get(i), Reason.MALFORMED, why(problem)), batch.get(i));
            }
        }
        try {
            deadLetters.sendUntilAcknowledged(records, List.copyOf(dead.keySet()), dead);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the batch is delivered again", e);
        }
        Objects.requireNonNull(acknowledgment, "the container passes its acknowledgment")
                .acknowledge();
    }

    private static Draft draft(ConsumerRecord<byte[], byte[]> record) {
        Draft draft = isCloudEvent(record) ? CloudEvents.ofRecord(record) : ownForm(record);
        return draft.within(header(record, "traceparent"));
    }

    private static boolean isCloudEvent(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(CloudEvents.BINARY_KAFKA_HEADER) != null
                || header(record, "content-type").toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
    }

    private static Draft ownForm(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        try {
            StrictJson.Part part = StrictJson.parseWhole(value).parts().getFirst();
            if (part.node() instanceof ObjectNode event && !event.has("id")) {
                event.put("id", "inbound-" + record.partition() + "-" + record.offset());
            }
            return new Draft.Ready(part, null);
        } catch (ProblemException e) {
            return new Draft.Broken(e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String why(ProblemException problem) {
        return problem.errors().isEmpty()
                ? String.valueOf(problem.getMessage())
                : problem.errors().stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining("; "));
    }
}
