package dev.carillon.ingest.asking;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.SendBeforeAnswer;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.explain.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** Sends a question to partitions of the router, and waits until all of them have answered. Safe for all threads. */
public final class AskRouter {
    private final Answers answers;
    private final AnswerTail tail;
    private final RecordSender sender;
    private final Duration limit;

    AskRouter(Answers answers, AnswerTail tail, RecordSender sender, Duration limit) {
        this.answers = answers;
        this.tail = tail;
        this.sender = sender;
        this.limit = limit;
    }

    /** When whoever asks now gives up, as {@link System#nanoTime()} says it. */
    public long deadline() {
        return System.nanoTime() + limit.toNanos();
    }

    /**
     * Asks every partition that has a record, once.
     *
     * @param question the records of a question with this name, one per partition
     * @return the answers, ordered by partition
     * @throws ProblemException 503 where the broker does not take the question in time, 504 where an answer is missing
     *     then; in both cases the router may do what it was told all the same
     */
    public <A extends Answer> List<A> ask(
            Class<A> kind, Set<Integer> partitions, Function<String, List<OutgoingRecord>> question, long deadline) {
        if (!tail.awaitPlaced(deadline)) {
            throw ProblemException.of(
                    HttpStatus.GATEWAY_TIMEOUT, "no_answer", "the broker does not say what the router answers");
        }
        try (Waiting<A> waiting = answers.open(kind, partitions)) {
            send(question.apply(waiting.request()), deadline);
            return waiting.await(deadline);
        }
    }

    private void send(List<OutgoingRecord> records, long deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        SendBeforeAnswer.all(sender, records, left, AskRouter::unknown);
    }

    private static ProblemException unknown(Exception cause) {
        return ProblemException.brokerUnavailable(
                "the broker did not take the question in time: look before you ask again",
                Duration.ofSeconds(2),
                cause);
    }
}
