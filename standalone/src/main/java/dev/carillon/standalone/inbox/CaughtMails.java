package dev.carillon.standalone.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The last 1,000 mails, in memory and, where there is a directory for them, on disk. */
final class CaughtMails {

    static final int KEPT = 1_000;

    private final Deque<CaughtMail> newestFirst = new ArrayDeque<>();
    private final @Nullable MailFiles files;
    private long lastId;

    CaughtMails(@Nullable MailFiles files) {
        this.files = files;
        if (files != null) {
            files.oldestFirst().forEach(this::keep);
        }
    }

    synchronized void add(LongFunction<CaughtMail> withId) {
        CaughtMail mail = withId.apply(lastId + 1);
        if (files != null) {
            files.write(mail);
        }
        keep(mail);
    }

    /** Those with a higher id than {@code after}, without their source. */
    synchronized List<CaughtMail> newestFirst(long after) {
        return newestFirst.stream()
                .takeWhile(mail -> mail.id() > after)
                .map(CaughtMail::withoutSource)
                .toList();
    }

    /** The source of a mail; null where there is no such mail, or none was kept. */
    synchronized @Nullable String source(long id) {
        return newestFirst.stream()
                .filter(mail -> mail.id() == id)
                .findFirst()
                .map(CaughtMail::source)
                .orElse(null);
    }

    private void keep(CaughtMail mail) {
        lastId = mail.id();
        newestFirst.addFirst(mail);
        if (newestFirst.size() > KEPT) {
            CaughtMail oldest = newestFirst.removeLast();
            if (files != null) {
                files.delete(oldest.id());
            }
        }
    }
}
