package dev.carillon.email.unsubscribe;

import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code email.unsubscription}: what recipients stopped and their preferences have not taken back. */
final class UnsubscriptionTable {
    private static final String PUT = """
        insert into email.unsubscription (recipient, scope, name, at, notification)
        values (:recipient, :scope, :name, :at, :notification)
        on conflict (recipient, scope, name) do update set
            at = excluded.at, published = false, taken_over = false, notification = excluded.notification
        """;

    private final JdbcClient jdbc;

    UnsubscriptionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One thing that somebody stopped.
     *
     * @param notification whose mail it was; null where that is not known
     */
    record Row(
            RecipientId recipient,
            UnsubscribeScope scope,
            @Nullable String name,
            Instant at,
            boolean takenOver,
            @Nullable NotificationId notification) {}

    void put(Row row) {
        NotificationId notification = row.notification();
        key(jdbc.sql(PUT), row)
                .param("at", Timestamp.from(row.at()))
                .param("notification", notification == null ? null : notification.value(), Types.OTHER)
                .update();
    }

    void published(Row row) {
        key(
                        jdbc.sql("update email.unsubscription set published = true"
                                + " where recipient = :recipient and scope = :scope and name = :name and at = :at"),
                        row)
                .param("at", Timestamp.from(row.at()))
                .update();
    }

    void takenOver(Row row) {
        key(
                        jdbc.sql("update email.unsubscription set taken_over = true"
                                + " where recipient = :recipient and scope = :scope and name = :name"),
                        row)
                .update();
    }

    void delete(Row row) {
        key(
                        jdbc.sql("delete from email.unsubscription"
                                + " where recipient = :recipient and scope = :scope and name = :name and taken_over"),
                        row)
                .update();
    }

    void deleteAll(RecipientId recipient) {
        jdbc.sql("delete from email.unsubscription where recipient = :recipient")
                .param("recipient", recipient.value())
                .update();
    }

    List<Row> unpublished(int limit) {
        return rows(jdbc.sql("select * from email.unsubscription where not published order by at limit :limit")
                .param("limit", limit));
    }

    List<Row> of(Collection<RecipientId> recipients) {
        return rows(jdbc.sql("select * from email.unsubscription where recipient = any(:recipients)")
                .param("recipients", recipients.stream().map(RecipientId::value).toArray(String[]::new)));
    }

    private static JdbcClient.StatementSpec key(JdbcClient.StatementSpec statement, Row row) {
        String name = row.name();
        return statement
                .param("recipient", row.recipient().value())
                .param("scope", row.scope().name().toLowerCase(Locale.ROOT))
                .param("name", name == null ? "" : name);
    }

    private static List<Row> rows(JdbcClient.StatementSpec query) {
        return query.query((row, number) -> {
                    String name = row.getString("name");
                    UUID notification = row.getObject("notification", UUID.class);
                    return new Row(
                            new RecipientId(row.getString("recipient")),
                            UnsubscribeScope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
                            name.isEmpty() ? null : name,
                            row.getTimestamp("at").toInstant(),
                            row.getBoolean("taken_over"),
                            notification == null ? null : new NotificationId(notification));
                })
                .list();
    }
}
