package dev.carillon.email.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.unsubscribe.Stopped;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.platform.repeat.Spacing;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.StandingTime;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@ExtendWith(InfrastructureExtension.class)
class MailLedgerTest {

    private static final LedgerSettings SETTINGS = new LedgerSettings(Duration.ofSeconds(30), Duration.ofDays(90));

    private static final Duration WAIT = Duration.ofMinutes(1);
    /** Some more than driver and database need to know that a statement is repeated. */
    private static final int CALLS = 40;
    /** From the end of a hand-over until it is written. */
    private static final Duration PROMISED = Duration.ofMillis(50);

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Claim.About ABOUT = new Claim.About("ada@example.org", "invoice.paid", "billing", false);

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final DataSource source;
    private final JdbcTemplate database;
    private final MailLedger ledger;
    private final MailLedger other;

    MailLedgerTest(TestDatabase test) {
        source = new DriverManagerDataSource(test.jdbcUrl(), test.username(), test.password());
        SchemaMigration.migrate(source, Service.EMAIL_WORKER, "email");
        database = new JdbcTemplate(source);
        ledger = new MailLedger(database, SETTINGS, CLOCK, metrics);
        other = new MailLedger(database, SETTINGS, CLOCK, metrics);
    }

    @AfterEach
    void close() {
        ledger.close();
        other.close();
        database.update("delete from email.ledger");
        database.update("delete from email.unsubscription");
        database.update("delete from email.suppression");
    }

    private static Claim claim(int attempt) {
        return new Claim(new RecipientId("ada"), new UUID(8, 15), attempt, ABOUT);
    }

    @ParameterizedTest
    @CsvSource({
        "type, invoice.paid, true",
        "type, report.weekly, false",
        "category, billing, true",
        "category, invoice.paid, false",
        "all, '', true"
    })
    void whatItsRecipientStoppedIsNotGranted(String scope, String name, boolean stops) throws Exception {
        database.update(
                "insert into email.unsubscription (recipient, scope, name, at) values ('ada', ?, ?, now())",
                scope,
                name);

        assertThat(ledger.claim(claim(1)) instanceof ClaimAnswer.Unsubscribed).isEqualTo(stops);
        Claim.About critical = new Claim.About("ada@example.org", "invoice.paid", "billing", true);
        assertThat(other.claim(new Claim(new RecipientId("ada"), new UUID(8, 16), 1, critical)))
                .isInstanceOf(ClaimAnswer.Granted.class);
    }

    /** A mail that tells of several notifications goes without those that were stopped. */
    @Test
    void whatIsGrantedSaysAllThatItsRecipientStopped() throws Exception {
        for (String stop : List.of("'ada', 'type', 'like'", "'ada', 'category', 'social'", "'bob', 'all', ''")) {
            database.update(
                    "insert into email.unsubscription (recipient, scope, name, at) values (%s, now())".formatted(stop));
        }
        Claim.About several = new Claim.About("ada@example.org", null, null, false);

        assertThat(ledger.claim(new Claim(new RecipientId("ada"), new UUID(8, 18), 1, several)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Granted.class,
                        granted -> assertThat(granted.stopped().all())
                                .containsExactlyInAnyOrder(
                                        new Stopped.One(UnsubscribeScope.TYPE, "like"),
                                        new Stopped.One(UnsubscribeScope.CATEGORY, "social")));
        assertThat(ledger.claim(new Claim(new RecipientId("eve"), new UUID(8, 18), 1, several)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Granted.class,
                        granted -> assertThat(granted.stopped()).isEqualTo(Stopped.NOTHING));
    }

    @Test
    void aSuppressedAddressIsNotGrantedUntilThatEndsAndWhatWasSentStaysSent() throws Exception {
        ledger.claim(claim(1));
        ledger.settle(claim(1), Verdict.SENT, "250");
        suppressUntil(NOW.plusSeconds(1));
        Claim next = new Claim(new RecipientId("ada"), new UUID(8, 17), 1, ABOUT);

        assertThat(ledger.claim(next)).isInstanceOf(ClaimAnswer.Suppressed.class);
        assertThat(ledger.claim(claim(1))).isInstanceOf(ClaimAnswer.AlreadySent.class);
        suppressUntil(NOW);
        assertThat(ledger.claim(next)).isInstanceOf(ClaimAnswer.Granted.class);
    }

    private void suppressUntil(Instant until) {
        database.update("delete from email.suppression");
        database.update(
                "insert into email.suppression (address, reason, created_at, until)"
                        + " values ('ada@example.org', 'soft_bounces', now(), ?)",
                Timestamp.from(until));
    }

    private void leaseEnds() {
        assertThat(database.update("update email.ledger set lease_until = now() - interval '1 second'"))
                .isPositive();
    }

    @Test
    void grantsAMailOnceAndKeepsOthersAway() throws Exception {
        assertThat(ledger.claim(claim(1))).isInstanceOfSatisfying(ClaimAnswer.Granted.class, granted -> {
            assertThat(granted.uncertain()).isFalse();
            assertThat(granted.holdsFor(Duration.ofSeconds(20).toNanos())).isTrue();
            assertThat(granted.holdsFor(Duration.ofSeconds(31).toNanos())).isFalse();
        });

        assertThat(other.claim(claim(1)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Busy.class, busy -> assertThat(busy.until()).isNotNull());
        assertThat(ledger.claim(claim(2))).isInstanceOf(ClaimAnswer.Busy.class);
    }

    @Test
    void neverGrantsWhatWasSent() throws Exception {
        ledger.claim(claim(1));
        ledger.settle(claim(1), Verdict.SENT, "250 queued");

        assertThat(other.claim(claim(1))).isEqualTo(new ClaimAnswer.AlreadySent("250 queued"));
        assertThat(ledger.claim(claim(7))).isEqualTo(new ClaimAnswer.AlreadySent("250 queued"));
    }

    @Test
    void grantsAgainWhatTheRelayDidNotTake() throws Exception {
        ledger.claim(claim(1));
        ledger.settle(claim(1), Verdict.OPEN, "450 later");
        assertThat(other.claim(claim(2))).isInstanceOf(ClaimAnswer.Granted.class);

        other.settle(claim(2), Verdict.REFUSED, "550 no");
        assertThat(ledger.claim(claim(3)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Granted.class,
                        granted -> assertThat(granted.uncertain()).isFalse());
    }

    @Test
    void anEndedLeaseIsHandedOverOnceMoreAndNoThirdTime() throws Exception {
        ledger.claim(claim(1));
        leaseEnds();
        assertThat(other.claim(claim(1)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Granted.class,
                        granted -> assertThat(granted.uncertain()).isTrue());
        leaseEnds();

        assertThat(ledger.claim(claim(2))).isInstanceOf(ClaimAnswer.TwiceUncertain.class);
        assertThat(ledger.claim(claim(2))).isInstanceOf(ClaimAnswer.TwiceUncertain.class);
        assertThat(database.queryForObject("select state from email.ledger", String.class))
                .isEqualTo("dead");
    }

    @Test
    void aBrokenHandOverIsMadeOnceMoreAtOnce() throws Exception {
        ledger.claim(claim(1));
        ledger.settle(claim(1), Verdict.UNKNOWN, "closed after the dot");

        assertThat(ledger.claim(claim(2)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Granted.class,
                        granted -> assertThat(granted.uncertain()).isTrue());
        ledger.settle(claim(2), Verdict.DEAD, "again");
        assertThat(ledger.claim(claim(2))).isInstanceOf(ClaimAnswer.TwiceUncertain.class);
    }

    @Test
    void aReplayedDeadLetterMayTryAgain() throws Exception {
        ledger.claim(claim(1));
        ledger.settle(claim(1), Verdict.DEAD, "unknown twice");

        assertThat(ledger.claim(claim(2)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Granted.class,
                        granted -> assertThat(granted.uncertain()).isFalse());
    }

    @Test
    void whoLostTheLeaseSettlesNothing() throws Exception {
        ledger.claim(claim(1));
        leaseEnds();
        other.claim(claim(1));
        ledger.settle(claim(1), Verdict.OPEN, "too late");

        assertThat(database.queryForObject("select state from email.ledger", String.class))
                .isEqualTo("claimed");
    }

    @Test
    void ofManyWhoWantTheSameMailOneGetsIt() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ClaimAnswer>> answers = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> (i % 2 == 0 ? ledger : other).claim(claim(1))))
                    .toList();
            int granted = 0;
            for (Future<ClaimAnswer> answer : answers) {
                switch (answer.get()) {
                    case ClaimAnswer.Granted _ -> granted++;
                    case ClaimAnswer.Busy _ -> {}
                    case ClaimAnswer.AlreadySent _,
                            ClaimAnswer.TwiceUncertain _,
                            ClaimAnswer.Suppressed _,
                            ClaimAnswer.Unsubscribed _ ->
                        throw new AssertionError("whoever did not get it must come again, not give it up");
                }
            }
            assertThat(granted).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"unknown, 1", "claimed, 1", "open, 1", "dead, 2"})
    void whoeverIsBeatenByAMomentComesAgain(String state, int attempt) throws Exception {
        ledger.claim(claim(1));
        database.update("update email.ledger set state = ?, lease_until = now() - interval '1 second'", state);

        assertThat(claimWhileAnotherOneWrites(
                        claim(attempt),
                        "state = 'claimed', lease_until = now() + interval '30 seconds', uncertain = 1"))
                .isInstanceOf(ClaimAnswer.Busy.class);
        assertThat(database.queryForObject("select state from email.ledger", String.class))
                .isEqualTo("claimed");
    }

    /** The answer of {@code other} to a claim that found the row locked by a change which was then committed. */
    private ClaimAnswer claimWhileAnotherOneWrites(Claim claim, String change) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection writer = source.getConnection()) {
            writer.setAutoCommit(false);
            try (Statement update = writer.createStatement()) {
                update.executeUpdate("update email.ledger set " + change);
            }
            Future<ClaimAnswer> answer = threads.submit(() -> other.claim(claim));
            awaitSomebodyWaitingForALock();
            writer.commit();
            return answer.get();
        }
    }

    @Test
    void aClaimWhoseCallerHasLeftIsNoHandOver() throws Exception {
        ledger.claim(claim(1));
        ledger.settle(claim(1), Verdict.OPEN, "450 later");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection blocker = source.getConnection()) {
            blocker.setAutoCommit(false);
            try (Statement lock = blocker.createStatement()) {
                lock.execute("select from email.ledger for update");
            }
            CountDownLatch left = new CountDownLatch(1);
            Future<ClaimAnswer> late = threads.submit(() -> {
                try {
                    return other.claim(claim(2));
                } finally {
                    left.countDown();
                }
            });
            awaitSomebodyWaitingForALock();
            late.cancel(true);
            left.await();
            blocker.rollback();
        }

        await().atMost(WAIT)
                .until(() -> "granted too late for its caller"
                        .equals(database.queryForObject("select detail from email.ledger", String.class)));
        assertThat(ledger.claim(claim(3)))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Granted.class,
                        granted -> assertThat(granted.uncertain()).isFalse());
    }

    private void awaitSomebodyWaitingForALock() {
        await().atMost(WAIT)
                .until(() -> Boolean.TRUE.equals(database.queryForObject(
                        "select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database())",
                        Boolean.class)));
    }

    @Test
    void twoWorkersShareManyMailsWithoutWaitingInACircle() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 2000)
                    .mapToObj(i -> threads.submit(() -> {
                        Claim claim = new Claim(new RecipientId("r" + i % 50), new UUID(1, i % 1000), 1, ABOUT);
                        MailLedger mine = i < 1000 ? ledger : other;
                        if (mine.claim(claim) instanceof ClaimAnswer.Granted) {
                            mine.settle(claim, Verdict.SENT, null);
                            return 1;
                        }
                        return 0;
                    }))
                    .toList();
            int granted = 0;
            for (Future<Integer> answer : answers) {
                granted += answer.get();
            }
            assertThat(granted).isEqualTo(1000);
        }
    }

    @Test
    void forgetsWhatNothingCanReachBackTo() throws Exception {
        ledger.claim(claim(1));
        assertThat(ledger.forgetOld()).isFalse();
        assertThat(database.queryForObject("select count(*) from email.ledger", Integer.class))
                .isEqualTo(1);

        database.update("update email.ledger set created_at = now() - interval '91 days'");
        ledger.forgetOld();
        assertThat(database.queryForObject("select count(*) from email.ledger", Integer.class))
                .isZero();
    }

    /** Planning one takes longer than executing it. */
    @Test
    void statementsAreNotPlannedAnewForEachCall() throws Exception {
        try (Connection connection = source.getConnection();
                MailLedger planned = new MailLedger(
                        new JdbcTemplate(new SingleConnectionDataSource(connection, true)), SETTINGS, CLOCK, metrics)) {
            for (int mail = 1; mail <= CALLS; mail++) {
                Claim claim = new Claim(new RecipientId("ada"), new UUID(10, mail), 1, ABOUT);
                assertThat(planned.claim(claim)).isInstanceOf(ClaimAnswer.Granted.class);
                planned.settle(claim, Verdict.SENT, null);
            }
            try (Statement question = connection.createStatement();
                    ResultSet plans = question.executeQuery("select generic_plans, custom_plans"
                            + " from pg_prepared_statements where statement like '%email.ledger%'")) {
                for (int statement = 0; statement < 2; statement++) {
                    assertThat(plans.next()).isTrue();
                    assertThat(plans.getInt("generic_plans")).isGreaterThan(CALLS / 2);
                    assertThat(plans.getInt("custom_plans")).isLessThan(CALLS / 2);
                }
            }
        }
    }

    /** What is claimed when its worker is killed counts as handed over: the longer a row waits, the more there is of it. */
    @Test
    void anEndWaitsForOthersForATenthOfThePromisedTimeAndAllAreTimed() throws Exception {
        StandingTime time = new StandingTime();
        try (MailLedger standing =
                new MailLedger(database, SETTINGS, CLOCK, metrics, new Spacing.Time(time::nanos, time::sleep))) {
            for (int mail = 1; mail <= 3; mail++) {
                Claim claim = new Claim(new RecipientId("ada"), new UUID(9, mail), 1, ABOUT);
                assertThat(standing.claim(claim)).isInstanceOf(ClaimAnswer.Granted.class);
                standing.settle(claim, Verdict.SENT, "250");
            }
        }

        assertThat(time.sleeps())
                .as("the first waits for none, nor does any claim")
                .hasSize(2)
                .allSatisfy(wait -> assertThat(wait.multipliedBy(10)).isLessThanOrEqualTo(PROMISED));
        assertThat(metrics.get(Metric.MAIL_SETTLED.code()).timer().count()).isEqualTo(3);
    }

    @Test
    void refusesALeaseShorterThanAHandOver() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LedgerSettings(Duration.ofSeconds(9), Duration.ofDays(90)))
                .withMessageContaining("carillon.email.ledger.lease");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LedgerSettings(Duration.ofSeconds(30), Duration.ofDays(30)))
                .withMessageContaining("carillon.email.ledger.keep");
    }
}
