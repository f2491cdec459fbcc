package dev.carillon.ingest.intake;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Where accepted events go: the intake topics. */
final class IntakeLog {
    private final PartitionSplit split;
    private final RecordSender sender;

    IntakeLog(PartitionSplit split, RecordSender sender) {
        this.split = split;
        this.sender = sender;
    }

    /**
     * Sends an event to every partition that it concerns. A producer without a broker blocks for a second in each send,
     * so the first failure and the deadline end the sending.
     */
    Acknowledgement append(RouteEvent event, long deadline) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (OutgoingRecord record : split.split(event)) {
            if (System.nanoTime() - deadline >= 0) {
                throw Acknowledgement.unknown(new TimeoutException("the time was over before all of it was sent"));
            }
            CompletableFuture<?> result = sender.send(record);
            if (result.isCompletedExceptionally()) {
                throw Acknowledgement.unknown(result.exceptionNow());
            }
            sent.add(result);
        }
        return new Acknowledgement(sent);
    }
}
