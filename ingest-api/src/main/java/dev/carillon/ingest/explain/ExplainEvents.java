package dev.carillon.ingest.explain;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.asking.AskRouter;
import dev.carillon.ingest.intake.Questions;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.explain.Explained;
import dev.carillon.schemas.explain.Explained.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The way of a question: read, check, stamp, ask every partition, gather what they answer. */
final class ExplainEvents {
    /** A setting or a type that was answered a moment ago may still be under way to the router. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final Questions questions;
    private final AskRouter router;

    ExplainEvents(Questions questions, AskRouter router) {
        this.questions = questions;
        this.router = router;
    }

    /** @throws ProblemException 504 where the router does not answer in time */
    Explanation explain(byte[] body, ApiKey caller) {
        long deadline = router.deadline();
        RouteEvent event = questions.read(body, caller);
        Set<Integer> partitions = questions.partitions(event);
        while (true) {
            List<Explained> all =
                    router.ask(Explained.class, partitions, request -> questions.records(event, request), deadline);
            if (all.stream().noneMatch(answer -> answer.finding() == Finding.TYPE_PENDING) || !pause(deadline)) {
                return Explanation.of(event, all);
            }
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
