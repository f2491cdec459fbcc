package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers subjects that are gone, for what was accepted before and comes later. Whatever is stored brings along when the
 * last one went ({@link FeedWriter}), so which ones did is only asked where something is older.
 */
final class GoneSubjects {
    /** Longer than a batch is being stored. */
    static final Duration LOOK_AGAIN = Duration.ofMinutes(2);

    private static final int PORTION = 50;

    private static final String REMEMBER =
            "insert into inapp.gone_subject (id, type, gone_at, look_again_at) values (:id, :type, :at, :again)"
                    + " on conflict (id, type) do update set gone_at = greatest(gone_subject.gone_at, excluded.gone_at),"
                    + " look_again_at = excluded.look_again_at";

    private static final String AMONG = "select g.type, g.id, g.gone_at from unnest(:types::text[], :ids::text[])"
            + " as s (type, id) join inapp.gone_subject g on g.id = s.id and g.type = s.type";

    /** Its time moves on, so that of several replicas one has it, and another after a crash. */
    private static final String TAKE = "update inapp.gone_subject set look_again_at = :again where (id, type) in"
            + " (select id, type from inapp.gone_subject where look_again_at <= :now limit " + PORTION
            + " for update skip locked) returning type, id, gone_at, look_again_at";

    private static final String RENAME =
            "with named as (delete from inapp.gone_subject where id = :id returning type, gone_at, look_again_at),"
                    + " renamed as (insert into inapp.gone_subject (id, type, gone_at, look_again_at)"
                    + " select cast(:pseudonym as text), type, gone_at, look_again_at from named"
                    + " where cast(:pseudonym as text) is not null on conflict (id, type) do update"
                    + " set gone_at = greatest(gone_subject.gone_at, excluded.gone_at))"
                    + " select count(*) from named";

    private final JdbcClient database;
    private final Clock clock;
    private volatile Instant newest = Instant.MIN;

    GoneSubjects(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One that went, and whose feeds are to be looked through again. */
    record Gone(SubjectKey subject, Instant at, OffsetDateTime again) {
        static Gone of(ResultSet row, int number) throws SQLException {
            return new Gone(key(row), goneAt(row), row.getObject("look_again_at", OffsetDateTime.class));
        }
    }

    /** What is about {@code subject} and was accepted up to {@code at} is shown no more. */
    void remember(SubjectKey subject, Instant at) {
        database.sql(REMEMBER)
                .param("id", subject.id())
                .param("type", subject.type())
                .param("at", utc(at))
                .param("again", utc(clock.instant().plus(LOOK_AGAIN)))
                .update();
        heard(at);
    }

    /** The last one went then, or later; null where none did. */
    void heard(@Nullable Instant at) {
        if (at != null && at.isAfter(newest)) {
            newest = at;
        }
    }

    /** Whether one went after {@code accepted}, as far as is known here. */
    boolean isAnySince(@Nullable Instant accepted) {
        return accepted != null && !newest.isBefore(accepted);
    }

    /** Which of {@code subjects} are gone, each with when it went. */
    Map<SubjectKey, Instant> among(Set<SubjectKey> subjects) {
        Map<SubjectKey, Instant> gone = new HashMap<>();
        database.sql(AMONG)
                .param("types", subjects.stream().map(SubjectKey::type).toArray(String[]::new))
                .param("ids", subjects.stream().map(SubjectKey::id).toArray(String[]::new))
                .query((row, number) -> gone.put(key(row), goneAt(row)))
                .list();
        return gone;
    }

    /** Learns when the last one went, wherever that was said. */
    void refresh() {
        database.sql("select max(gone_at) as gone_at from inapp.gone_subject")
                .query((row, number) -> row.getObject("gone_at", OffsetDateTime.class))
                .optional()
                .ifPresent(at -> heard(at.toInstant()));
    }

    /** Some whose feeds are to be looked through again now; nobody else gets them for a while. */
    List<Gone> take() {
        Instant now = clock.instant();
        return database.sql(TAKE)
                .param("now", utc(now))
                .param("again", utc(now.plus(LOOK_AGAIN)))
                .query(Gone::of)
                .list();
    }

    /** Its feeds were looked through. Does nothing where it went once more meanwhile. */
    void settle(Gone gone) {
        database.sql("update inapp.gone_subject set look_again_at = null where id = :id and type = :type"
                        + " and look_again_at = :again")
                .param("id", gone.subject().id())
                .param("type", gone.subject().type())
                .param("again", gone.again())
                .update();
    }

    /**
     * Takes somebody out who is a subject, whatever its type.
     *
     * @param pseudonym takes the place of her id; null: she is forgotten
     * @return how many rows named her
     */
    int forget(RecipientId person, @Nullable String pseudonym) {
        return database.sql(RENAME)
                .param("id", person.value())
                .param("pseudonym", pseudonym)
                .query(Integer.class)
                .single();
    }

    private static SubjectKey key(ResultSet row) throws SQLException {
        return new SubjectKey(row.getString("type"), row.getString("id"));
    }

    private static Instant goneAt(ResultSet row) throws SQLException {
        return row.getObject("gone_at", OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
