package dev.carillon.email.ledger;

import dev.carillon.platform.repeat.Spacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Makes one database call of the many that threads ask for at the same time: what came in while one call ran, and within
 * the spacing after its beginning, makes up the next. A lone call is made at once. Where the database is away, calls wait for it; whoever lost patience with a call
 * takes it back by cancelling it.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
final class GroupedCalls<Q, A> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupedCalls.class);
    private static final int GROUP = 200;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private record Call<Q, A>(Q question, CompletableFuture<A> answer) {}

    private final String name;
    private final Spacing spacing;
    private final Function<List<Q>, List<A>> together;
    private final BiPredicate<Q, Q> apart;
    private final BiConsumer<Q, A> unheard;
    private final BlockingQueue<Call<Q, A>> waiting = new LinkedBlockingQueue<>();
    private final Thread worker;
    private volatile boolean closing;

    /**
     * Starts the thread that makes the calls.
     *
     * @param spacing keeps the calls apart
     * @param together answers all questions in their order
     * @param apart whether two questions must not be in one call
     * @param unheard gets the answers that came after their question was taken back
     */
    GroupedCalls(
            String name,
            Spacing spacing,
            Function<List<Q>, List<A>> together,
            BiPredicate<Q, Q> apart,
            BiConsumer<Q, A> unheard) {
        this.name = name;
        this.spacing = spacing;
        this.together = together;
        this.apart = apart;
        this.unheard = unheard;
        this.worker = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** The answer to come. Cancelling it before its call is made takes the question back. */
    Future<A> ask(Q question) {
        Call<Q, A> call = new Call<>(question, new CompletableFuture<>());
        waiting.add(call);
        return call.answer();
    }

    private void run() {
        List<Call<Q, A>> postponed = new ArrayList<>();
        while (!(closing && waiting.isEmpty() && postponed.isEmpty())) {
            try {
                answer(nextGroup(postponed));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<Call<Q, A>> nextGroup(List<Call<Q, A>> postponed) throws InterruptedException {
        List<Call<Q, A>> candidates = new ArrayList<>(postponed);
        postponed.clear();
        if (candidates.isEmpty()) {
            Call<Q, A> first = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return candidates;
            }
            candidates.add(first);
        }
        spacing.await();
        waiting.drainTo(candidates, Math.max(0, GROUP - candidates.size()));
        List<Call<Q, A>> group = new ArrayList<>(candidates.size());
        for (Call<Q, A> candidate : candidates) {
            if (group.stream().anyMatch(other -> apart.test(other.question(), candidate.question()))) {
                postponed.add(candidate);
            } else {
                group.add(candidate);
            }
        }
        return group;
    }

    /** Tries until the database answers, or nobody waits any more. */
    private void answer(List<Call<Q, A>> group) throws InterruptedException {
        List<Call<Q, A>> open = group;
        for (int failures = 0; !open.isEmpty(); failures++) {
            open = open.stream().filter(call -> !call.answer().isDone()).toList();
            try {
                if (!open.isEmpty()) {
                    complete(open);
                }
                return;
            } catch (DataAccessException e) {
                if (failures % 20 == 0) {
                    LOG.warn("{} waits for the database: {}", name, String.valueOf(e.getMessage()));
                }
                if (closing) {
                    open.forEach(call -> call.answer().completeExceptionally(e));
                    return;
                }
                Thread.sleep(PAUSE);
            } catch (RuntimeException e) {
                open.forEach(call -> call.answer().completeExceptionally(e));
                return;
            }
        }
    }

    private void complete(List<Call<Q, A>> open) {
        List<A> answers = together.apply(open.stream().map(Call::question).toList());
        for (int i = 0; i < open.size(); i++) {
            if (!open.get(i).answer().complete(answers.get(i))) {
                unheard.accept(open.get(i).question(), answers.get(i));
            }
        }
    }

    /** Makes the calls that wait, then ends; gives up on a database that is away. */
    @Override
    public void close() {
        closing = true;
        try {
            worker.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
    }
}
