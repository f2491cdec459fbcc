package dev.carillon.ingest.asking;

import dev.carillon.schemas.explain.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The questions of this process that wait for answers. Safe for all threads. */
final class Answers {
    private final String own = UUID.randomUUID() + "/";
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Waiting<?>> waiting = new ConcurrentHashMap<>();

    /** A new question to these partitions; to be closed. */
    <A extends Answer> Waiting<A> open(Class<A> kind, Set<Integer> partitions) {
        Waiting<A> question = new Waiting<>(kind, own + numbers.incrementAndGet(), partitions, waiting::remove);
        waiting.put(question.request(), question);
        return question;
    }

    /** Whether a record with this key answers a question that this process asked. */
    boolean isOwn(byte @Nullable [] key) {
        return key != null && waiting.containsKey(new String(key, StandardCharsets.UTF_8));
    }

    /** Hands an answer to whoever waits for it; nobody may any more. */
    void add(Answer answer) {
        Waiting<?> question = waiting.get(answer.request());
        if (question != null) {
            question.add(answer);
        }
    }
}
