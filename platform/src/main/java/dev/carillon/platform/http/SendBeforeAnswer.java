package dev.carillon.platform.http;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Sends what a request brings about before it is answered. */
public final class SendBeforeAnswer {
    private SendBeforeAnswer() {}

    /**
     * Returns once the broker has all of it.
     *
     * @param otherwise what the request is answered for this cause, where the broker's word is missing
     * @throws ProblemException that one; whether the broker has the records is unknown then
     */
    public static void all(
            RecordSender sender,
            List<OutgoingRecord> records,
            Duration limit,
            Function<Exception, ProblemException> otherwise) {
        try {
            sender.sendAll(records, limit);
        } catch (BrokerUnavailableException e) {
            throw otherwise.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw otherwise.apply(e);
        }
    }
}
