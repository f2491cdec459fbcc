package dev.carillon.email.suppression;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code email.suppression} and {@code email.soft_bounce}. */
final class SuppressionTable {
    /** Something that ends by itself takes no place of something that does not. */
    private static final String PUT = """
        insert into email.suppression as s (address, reason, detail, created_at, until)
        values (:address, :reason, :detail, :at, :until)
        on conflict (address) do update
        set reason = excluded.reason, detail = excluded.detail, created_at = excluded.created_at,
            until = excluded.until
        where s.until is not null or excluded.reason in ('complaint', 'manual')
        """;

    private static final String COUNT = """
        insert into email.soft_bounce as b (address, bounces, first_at, last_at) values (:address, 1, :at, :at)
        on conflict (address) do update set
            bounces = case when b.last_at < :counted_from then 1 else b.bounces + 1 end,
            first_at = case when b.last_at < :counted_from then :at else b.first_at end,
            last_at = :at
        returning bounces
        """;

    private final JdbcClient jdbc;

    SuppressionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(SuppressedAddress suppressed) {
        Instant until = suppressed.until();
        jdbc.sql(PUT)
                .param("address", suppressed.address())
                .param("reason", suppressed.reason().code())
                .param("detail", suppressed.detail())
                .param("at", Timestamp.from(suppressed.createdAt()))
                .param("until", until == null ? null : Timestamp.from(until), java.sql.Types.TIMESTAMP)
                .update();
    }

    /** How many temporary failures an address has now. */
    int softBounce(String address, Instant now, Duration window) {
        return jdbc.sql(COUNT)
                .param("address", address)
                .param("at", Timestamp.from(now))
                .param("counted_from", Timestamp.from(now.minus(window)))
                .query(Integer.class)
                .single();
    }

    void forgetSoftBounces(String address) {
        jdbc.sql("delete from email.soft_bounce where address = :address")
                .param("address", address)
                .update();
    }

    boolean delete(String address) {
        return jdbc.sql("delete from email.suppression where address = :address")
                        .param("address", address)
                        .update()
                > 0;
    }

    /** Null where it may be mailed. */
    @Nullable SuppressedAddress find(String address, Instant now) {
        return jdbc.sql("select * from email.suppression where address = :address and (until is null or until > :now)")
                .param("address", address)
                .param("now", Timestamp.from(now))
                .query(SuppressionTable::row)
                .optional()
                .orElse(null);
    }

    /** The next ones after an address, in the order of addresses. */
    List<SuppressedAddress> list(String after, int limit, Instant now) {
        return jdbc.sql("select * from email.suppression where address > :after and (until is null or until > :now)"
                        + " order by address limit :limit")
                .param("after", after)
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query(SuppressionTable::row)
                .list();
    }

    /** Those that ended by themselves. */
    List<String> ended(Instant now, int limit) {
        return jdbc.sql("select address from email.suppression where until <= :now limit :limit")
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query((row, number) -> row.getString("address"))
                .list();
    }

    private static SuppressedAddress row(ResultSet row, int number) throws SQLException {
        Timestamp until = row.getTimestamp("until");
        return new SuppressedAddress(
                row.getString("address"),
                SuppressionReason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                row.getString("detail"),
                row.getTimestamp("created_at").toInstant(),
                until == null ? null : until.toInstant());
    }
}
