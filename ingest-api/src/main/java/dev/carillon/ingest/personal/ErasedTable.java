package dev.carillon.ingest.personal;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.erased}. */
public final class ErasedTable {
    private final JdbcClient jdbc;

    public ErasedTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whatever was accepted up to {@code at} is of somebody who is being erased. */
    public void begin(RecipientId recipient, Instant at) {
        jdbc.sql("INSERT INTO ingest.erased AS e (person, at, running) VALUES (:person, :at, true)"
                        + " ON CONFLICT (person) DO UPDATE SET at = greatest(e.at, excluded.at), running = true")
                .param("person", ErasedId.of(recipient))
                .param("at", Timestamp.from(at))
                .update();
    }

    /** From now on the id may be somebody else's; who was erased too long ago is forgotten. */
    public void end(RecipientId recipient, Instant now) {
        jdbc.sql("UPDATE ingest.erased SET running = false WHERE person = :person")
                .param("person", ErasedId.of(recipient))
                .update();
        jdbc.sql("DELETE FROM ingest.erased WHERE NOT running AND at < :before")
                .param("before", Timestamp.from(now.minus(kept())))
                .update();
    }

    /** As long as anything of hers may still come. */
    private static Duration kept() {
        return Topics.CONTROLS_KEPT.plus(Topics.SEGMENT);
    }

    /** What tells of a recipient's thing, accepted at a time, whether it is of somebody who is erased. */
    public interface Covers {
        boolean covers(RecipientId recipient, Instant acceptedAt);
    }

    /** Asks for all of {@code recipients} at once. */
    public Covers of(Collection<RecipientId> recipients) {
        if (recipients.isEmpty() || isEmpty()) {
            return (recipient, acceptedAt) -> false;
        }
        Map<UUID, Instant> found = new HashMap<>();
        jdbc.sql("SELECT person, at FROM ingest.erased WHERE person = ANY(:persons)")
                .param("persons", hashes(recipients))
                .query(row -> {
                    found.put(
                            row.getObject("person", UUID.class),
                            row.getTimestamp("at").toInstant());
                });
        return (recipient, acceptedAt) -> {
            Instant at = found.get(ErasedId.of(recipient));
            return at != null && !acceptedAt.isAfter(at);
        };
    }

    /** @throws ProblemException 409 where one of them is being erased: what is written now would go with it */
    public void refuseWhileErasing(Collection<RecipientId> recipients) {
        if (recipients.isEmpty() || isEmpty()) {
            return;
        }
        boolean running = jdbc.sql("SELECT EXISTS (SELECT FROM ingest.erased WHERE running AND person = ANY(:persons))")
                .param("persons", hashes(recipients))
                .query(Boolean.class)
                .single();
        if (running) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "being_erased",
                    "everything about this recipient is being erased: try again when that is done");
        }
    }

    private boolean isEmpty() {
        return !jdbc.sql("SELECT EXISTS (SELECT FROM ingest.erased)")
                .query(Boolean.class)
                .single();
    }

    private static UUID[] hashes(Collection<RecipientId> recipients) {
        return recipients.stream().distinct().map(ErasedId::of).toArray(UUID[]::new);
    }
}
