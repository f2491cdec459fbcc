package dev.carillon.ingest.explain;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.intake.Questions;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.explain.Answer.Finding;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;

/** The way of a question: read, check, stamp, ask every partition, gather what they answer. */
final class ExplainEvents {
    /** A setting or a type that was answered a moment ago may still be under way to the router. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final Questions questions;
    private final Answers answers;
    private final AnswerTail tail;
    private final Duration limit;

    ExplainEvents(Questions questions, Answers answers, AnswerTail tail, Duration limit) {
        this.questions = questions;
        this.answers = answers;
        this.tail = tail;
        this.limit = limit;
    }

    /** @throws ProblemException 504 where the router does not answer within the limit */
    Explanation explain(byte[] body, ApiKey caller) {
        long deadline = System.nanoTime() + limit.toNanos();
        RouteEvent event = questions.read(body, caller);
        if (!tail.awaitPlaced(deadline)) {
            throw ProblemException.of(
                    HttpStatus.GATEWAY_TIMEOUT, "no_answer", "the broker does not say what the router answers");
        }
        while (true) {
            List<Answer> all = ask(event, deadline);
            if (all.stream().noneMatch(answer -> answer.finding() == Finding.TYPE_PENDING) || !pause(deadline)) {
                return Explanation.of(event, all);
            }
        }
    }

    private List<Answer> ask(RouteEvent event, long deadline) {
        try (Waiting question = answers.open(questions.partitions(event))) {
            questions.ask(event, question.request(), deadline);
            return question.await(deadline);
        }
    }

    private static boolean pause(long deadline) {
        if (System.nanoTime() + ASK_AGAIN.toNanos() - deadline >= 0) {
            return false;
        }
        try {
            Thread.sleep(ASK_AGAIN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
