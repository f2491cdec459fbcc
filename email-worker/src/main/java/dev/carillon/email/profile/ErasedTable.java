package dev.carillon.email.profile;

import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code email.erased}: whose old mails tell nothing any more, whatever is done with their links. */
public final class ErasedTable {
    private final JdbcClient jdbc;
    private final Duration longestLife;

    /** @param longestLife of a link in a mail */
    public ErasedTable(JdbcClient jdbc, Duration longestLife) {
        this.jdbc = jdbc;
        this.longestLife = longestLife;
    }

    /** Remembers somebody, and forgets whose links have all expired. */
    public void add(RecipientId recipient, Instant at) {
        jdbc.sql("delete from email.erased where at < :before")
                .param("before", Timestamp.from(at.minus(longestLife)))
                .update();
        jdbc.sql("insert into email.erased (person, at) values (:person, :at)"
                        + " on conflict (person) do update set at = greatest(erased.at, excluded.at)")
                .param("person", ErasedId.of(recipient))
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Whether she was erased since a mail was made. */
    public boolean covers(RecipientId recipient, Instant made) {
        return jdbc.sql("select exists (select 1 from email.erased where person = :person and at >= :made)")
                .param("person", ErasedId.of(recipient))
                .param("made", Timestamp.from(made))
                .query(Boolean.class)
                .single();
    }

    /** When those of them who were erased were. */
    public Map<RecipientId, Instant> among(Set<RecipientId> recipients) {
        Map<UUID, RecipientId> people = new HashMap<>();
        recipients.forEach(recipient -> people.put(ErasedId.of(recipient), recipient));
        Map<RecipientId, Instant> erased = new HashMap<>();
        jdbc.sql("select person, at from email.erased where person = any(:people)")
                .param("people", people.keySet().toArray(UUID[]::new))
                .query(row -> {
                    RecipientId recipient = people.get(row.getObject(1, UUID.class));
                    if (recipient != null) {
                        erased.put(recipient, row.getTimestamp(2).toInstant());
                    }
                });
        return erased;
    }
}
