package dev.carillon.email.tracking;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Whether a recipient forbids that her mails tell anything, as the table has it now: a delivery says what she wanted when
 * it was decided, and may have waited for hours since. Asked once for a mail; a database that is away counts as a yes.
 */
final class WhoForbids implements Predicate<RecipientId> {
    private static final Logger LOG = LoggerFactory.getLogger(WhoForbids.class);
    /** From a mail's making to its counting. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private static final int MOST_KEPT = 10_000;

    private final LoadingCache<RecipientId, Boolean> answers;

    WhoForbids(NoTrackTable table) {
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST_KEPT)
                .expireAfterWrite(KEPT)
                .build(table::contains);
    }

    @Override
    public boolean test(RecipientId recipient) {
        try {
            return answers.get(recipient);
        } catch (DataAccessException e) {
            LOG.warn("a mail goes out untracked: {}", String.valueOf(e.getMessage()));
            return true;
        }
    }
}
