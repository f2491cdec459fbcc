package dev.carillon.email.ledger;

import dev.carillon.email.unsubscribe.Stopped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements on {@code email.ledger}, each for many mails at once. Leases are measured by the database's clock, the
 * one clock that all workers share; suppressions end by the pipeline's. Arrays that are selected hide their length from the
 * planner: where it sees that there are few, a plan of their own seems better to it than the one that it has kept, and each
 * call would be planned anew.
 */
final class LedgerTable {

    /** Grants what may be handed over, and says of the rest how it stands. */
    private static final String CLAIM = """
        with wanted as (
            select * from unnest((select ?::text[]), (select ?::uuid[]), (select ?::int[]), (select ?::text[]),
                    (select ?::text[]), (select ?::text[]), (select ?::bool[]))
                as w (recipient, delivery, attempt, address, type, category, critical)
        ), said as (
            select w.recipient, w.delivery, u.scope, u.name, not w.critical and (u.scope = 'all'
                or (u.scope = 'category' and u.name = w.category) or (u.scope = 'type' and u.name = w.type)) as stops
            from wanted w join email.unsubscription u on u.recipient = w.recipient
        ), stopped as (
            select w.recipient, w.delivery, 'suppressed' as why
            from wanted w join email.suppression s on s.address = w.address
            where s.until is null or s.until > ?
            union all
            select recipient, delivery, 'unsubscribed' from said where stops
        ), granted as (
            insert into email.ledger as l (recipient, delivery, attempt, state, owner, lease_until)
            select recipient, delivery, attempt, 'claimed', ?, now() + ? * interval '1 millisecond' from wanted w
            where not exists (
                select from stopped s where s.recipient = w.recipient and s.delivery = w.delivery)
            on conflict (recipient, delivery) do update set
                attempt = excluded.attempt,
                state = 'claimed',
                owner = excluded.owner,
                lease_until = excluded.lease_until,
                changed_at = now(),
                uncertain = case
                    when l.state in ('claimed', 'unknown') then l.uncertain + 1
                    when l.state = 'dead' then 0
                    else l.uncertain end
            where l.state in ('open', 'refused')
                or (l.state = 'unknown' and l.uncertain = 0)
                or (l.state = 'claimed' and l.lease_until < now() and l.uncertain = 0)
                or (l.state = 'dead' and excluded.attempt > l.attempt)
            returning l.recipient, l.delivery, l.uncertain
        )
        select w.recipient, w.delivery, g.uncertain, l.state, l.lease_until, l.lease_until < now(), l.detail,
            l.uncertain > 0, w.attempt > l.attempt,
            (select min(s.why) from stopped s where s.recipient = w.recipient and s.delivery = w.delivery),
            (select array_agg(array[s.scope, s.name]) from said s
                where s.recipient = w.recipient and s.delivery = w.delivery)
        from wanted w
            left join granted g on g.recipient = w.recipient and g.delivery = w.delivery
            left join email.ledger l
                on l.recipient = w.recipient and l.delivery = w.delivery and g.delivery is null
        """;

    private static final String SETTLE = """
        update email.ledger l
        set state = s.state, detail = s.detail, changed_at = now()
        from unnest((select ?::text[]), (select ?::uuid[]), (select ?::int[]), (select ?::text[]), (select ?::text[]))
            as s (recipient, delivery, attempt, state, detail)
        where l.recipient = s.recipient and l.delivery = s.delivery and l.attempt = s.attempt
            and l.owner = ? and l.state = 'claimed'
        """;

    private static final String GIVE_UP = """
        update email.ledger l
        set state = 'dead', attempt = greatest(l.attempt, s.attempt), changed_at = now()
        from unnest(?::text[], ?::uuid[], ?::int[]) as s (recipient, delivery, attempt)
        where l.recipient = s.recipient and l.delivery = s.delivery
            and l.state = 'claimed' and l.lease_until < now()
        """;

    private static final String FORGET = "delete from email.ledger where ctid in ("
            + "select ctid from email.ledger where created_at < now() - ? * interval '1 millisecond' limit ?)";

    private final JdbcTemplate database;
    private final UUID owner;
    private final Duration lease;
    private final Clock clock;

    LedgerTable(JdbcTemplate database, UUID owner, Duration lease, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.owner = owner;
        this.lease = lease;
    }

    /**
     * One mail's end.
     *
     * @param endedNanos when that was, on the scale of {@link System#nanoTime()}
     */
    record Settlement(
            Claim claim, Verdict verdict, @Nullable String detail, long endedNanos) {}

    /**
     * How one mail stands, or stood right before another worker claimed it at the same moment: the statement's snapshot
     * does not show whom it waited for. {@code uncertain} is null where it was not granted, {@code why} where nothing stops it.
     */
    private record Row(
            String recipient,
            UUID delivery,
            @Nullable Integer uncertain,
            @Nullable String state,
            @Nullable Instant leaseUntil,
            boolean leaseEnded,
            @Nullable String detail,
            boolean uncertainBefore,
            boolean laterAttempt,
            @Nullable String why,
            Stopped stopped) {

        /** Whether nobody can be granted it, so that no other worker can have it in its hands. */
        boolean isHopeless() {
            return switch (String.valueOf(state)) {
                case "dead" -> !laterAttempt;
                case "unknown" -> uncertainBefore;
                case "claimed" -> leaseEnded && uncertainBefore;
                default -> false;
            };
        }
    }

    private record Key(String recipient, UUID delivery) {}

    /** Answers in the order of the claims, which must be about different mails. */
    List<ClaimAnswer> claim(List<Claim> claims) {
        long leaseEnd = System.nanoTime() + lease.toNanos();
        List<Claim> sorted = claims.stream().sorted(Claim.LOCK_ORDER).toList();
        List<Row> rows = run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                setClaims(connection, statement, sorted);
                setAbout(connection, statement, sorted);
                statement.setTimestamp(8, Timestamp.from(clock.instant()));
                statement.setObject(9, owner);
                statement.setLong(10, lease.toMillis());
                return read(statement);
            }
        });
        Map<Key, Row> byMail = HashMap.newHashMap(rows.size());
        rows.forEach(row -> byMail.put(new Key(row.recipient(), row.delivery()), row));
        List<ClaimAnswer> answers = claims.stream()
                .map(claim -> answer(byMail.get(new Key(claim.recipient().value(), claim.delivery())), leaseEnd))
                .toList();
        giveUp(claims, answers);
        return answers;
    }

    /** How many of them were still ours to settle. */
    int settle(List<Settlement> settlements) {
        List<Settlement> sorted = settlements.stream()
                .sorted((a, b) -> Claim.LOCK_ORDER.compare(a.claim(), b.claim()))
                .toList();
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
                setClaims(
                        connection,
                        statement,
                        sorted.stream().map(Settlement::claim).toList());
                statement.setArray(
                        4,
                        connection.createArrayOf(
                                "text",
                                sorted.stream().map(s -> s.verdict().code()).toArray()));
                statement.setArray(
                        5,
                        connection.createArrayOf(
                                "text", sorted.stream().map(Settlement::detail).toArray()));
                statement.setObject(6, owner);
                return statement.executeUpdate();
            }
        });
    }

    /** Deletes up to {@code limit} rows older than {@code keep}. */
    int forget(Duration keep, int limit) {
        return database.update(FORGET, keep.toMillis(), limit);
    }

    private void giveUp(List<Claim> claims, List<ClaimAnswer> answers) {
        List<Claim> hopeless = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            if (answers.get(i) instanceof ClaimAnswer.TwiceUncertain) {
                hopeless.add(claims.get(i));
            }
        }
        if (!hopeless.isEmpty()) {
            run(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
                    setClaims(connection, statement, hopeless);
                    return statement.executeUpdate();
                }
            });
        }
    }

    private static ClaimAnswer answer(@Nullable Row row, long leaseEnd) {
        if (row != null && row.why() != null && !"sent".equals(row.state())) {
            return row.why().equals("suppressed") ? new ClaimAnswer.Suppressed() : new ClaimAnswer.Unsubscribed();
        }
        if (row == null || (row.uncertain() == null && row.state() == null)) {
            // Another worker's claim, committed while the statement ran.
            return new ClaimAnswer.Busy(null);
        }
        if (row.uncertain() != null) {
            return new ClaimAnswer.Granted(leaseEnd, row.uncertain() > 0, row.stopped());
        }
        if ("sent".equals(row.state())) {
            return new ClaimAnswer.AlreadySent(row.detail());
        }
        if (row.isHopeless()) {
            return new ClaimAnswer.TwiceUncertain();
        }
        return new ClaimAnswer.Busy(row.leaseEnded() ? null : row.leaseUntil());
    }

    private static void setClaims(Connection connection, PreparedStatement statement, List<Claim> claims)
            throws SQLException {
        statement.setArray(
                1,
                connection.createArrayOf(
                        "text", claims.stream().map(c -> c.recipient().value()).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "uuid", claims.stream().map(Claim::delivery).toArray()));
        statement.setArray(
                3,
                connection.createArrayOf(
                        "int4", claims.stream().map(Claim::attempt).toArray()));
    }

    private static void setAbout(Connection connection, PreparedStatement statement, List<Claim> claims)
            throws SQLException {
        List<Claim.About> all = claims.stream().map(Claim::about).toList();
        statement.setArray(4, texts(connection, all, Claim.About::address));
        statement.setArray(5, texts(connection, all, Claim.About::type));
        statement.setArray(6, texts(connection, all, Claim.About::category));
        statement.setArray(
                7,
                connection.createArrayOf(
                        "bool", all.stream().map(Claim.About::critical).toArray()));
    }

    private static Array texts(Connection connection, List<Claim.About> all, Function<Claim.About, @Nullable String> of)
            throws SQLException {
        return connection.createArrayOf("text", all.stream().map(of).toArray());
    }

    private static List<Row> read(PreparedStatement statement) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                Timestamp until = result.getTimestamp(5);
                rows.add(new Row(
                        result.getString(1),
                        result.getObject(2, UUID.class),
                        result.getObject(3, Integer.class),
                        result.getString(4),
                        until == null ? null : until.toInstant(),
                        result.getBoolean(6),
                        result.getString(7),
                        result.getBoolean(8),
                        result.getBoolean(9),
                        result.getString(10),
                        stopped(result.getArray(11))));
            }
        }
        return rows;
    }

    private static Stopped stopped(@Nullable Array pairs) throws SQLException {
        return pairs == null
                ? Stopped.NOTHING
                : new Stopped(Stream.of((String[][]) pairs.getArray())
                        .map(pair -> Stopped.One.of(pair[0], pair[1]))
                        .toList());
    }

    private <T> T run(ConnectionCallback<T> work) {
        T result = database.execute(work);
        if (result == null) {
            throw new IllegalStateException("the statement gave no result");
        }
        return result;
    }
}
