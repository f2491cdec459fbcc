package dev.carillon.ingest.asking;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.explain.Answer;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;

/** One question and the answers to it that have come. A partition may answer twice; the first counts. */
final class Waiting<A extends Answer> implements AutoCloseable {
    private final Class<A> kind;
    private final String request;
    private final Set<Integer> asked;
    private final Consumer<String> forget;
    private final CountDownLatch open;
    private final SortedMap<Integer, A> answers = new TreeMap<>();

    Waiting(Class<A> kind, String request, Set<Integer> partitions, Consumer<String> forget) {
        this.kind = kind;
        this.request = request;
        this.asked = Set.copyOf(partitions);
        this.forget = forget;
        this.open = new CountDownLatch(asked.size());
    }

    String request() {
        return request;
    }

    synchronized void add(Answer answer) {
        boolean expected = kind.isInstance(answer) && asked.contains(answer.partition());
        if (expected && answers.putIfAbsent(answer.partition(), kind.cast(answer)) == null) {
            open.countDown();
        }
    }

    /**
     * Waits for all answers, which come ordered by partition.
     *
     * @param deadline of {@link System#nanoTime()}
     * @throws ProblemException 504 where one is missing then
     */
    List<A> await(long deadline) {
        try {
            boolean complete = open.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            synchronized (this) {
                if (complete) {
                    return List.copyOf(answers.values());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw incomplete();
    }

    private synchronized ProblemException incomplete() {
        return ProblemException.of(
                HttpStatus.GATEWAY_TIMEOUT,
                "no_answer",
                "the router did not answer in time: " + answers.size() + " of " + asked.size()
                        + " partitions did; it may be starting, or have more to do than it can");
    }

    @Override
    public void close() {
        forget.accept(request);
    }
}
