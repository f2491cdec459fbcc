package dev.carillon.standalone.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/** The last 500 mails, in memory. */
final class CaughtMails {

    static final int KEPT = 500;

    private final Deque<CaughtMail> newestFirst = new ArrayDeque<>();
    private long lastId;

    synchronized void add(LongFunction<CaughtMail> withId) {
        lastId++;
        newestFirst.addFirst(withId.apply(lastId));
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
    }

    synchronized List<CaughtMail> newestFirst() {
        return List.copyOf(newestFirst);
    }
}
