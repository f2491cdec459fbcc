package dev.carillon.platform.delivery;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Does what concerns one recipient in order, and what concerns different ones at once. Safe for all threads. */
final class Chains {
    private final Map<RecipientId, Queue<Link>> waiting = new HashMap<>();
    private final Executor threads;

    /** One thing to do. */
    @FunctionalInterface
    interface Link {
        /** @param nanos since its chain began, without a pause, to do what came before */
        void run(long nanos) throws InterruptedException;
    }

    /** @param threads runs chains, each on a thread of its own */
    Chains(Executor threads) {
        this.threads = threads;
    }

    void add(RecipientId recipient, Link link) {
        synchronized (waiting) {
            Queue<Link> chain = waiting.get(recipient);
            if (chain != null) {
                chain.add(link);
                return;
            }
            waiting.put(recipient, new ArrayDeque<>());
        }
        threads.execute(() -> run(recipient, link));
    }

    private void run(RecipientId recipient, Link first) {
        long began = System.nanoTime();
        try {
            for (Link link = first; link != null; link = next(recipient)) {
                link.run(System.nanoTime() - began);
            }
        } catch (InterruptedException e) {
            // The worker stops: what is left of the chain is delivered again.
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Link next(RecipientId recipient) {
        synchronized (waiting) {
            Queue<Link> chain = waiting.get(recipient);
            Link next = chain == null ? null : chain.poll();
            if (next == null) {
                waiting.remove(recipient);
            }
            return next;
        }
    }
}
