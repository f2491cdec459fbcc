package dev.carillon.email.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database whose connections stay open and say nothing, as behind a firewall that forgot them. */
@ExtendWith(InfrastructureExtension.class)
@Timeout(180)
class FrozenDatabaseTest {
    private final FreezingProxy proxy;
    private final HikariDataSource pool;

    FrozenDatabaseTest(TestDatabase test) throws IOException {
        URI url = URI.create(test.jdbcUrl().substring("jdbc:".length()));
        proxy = new FreezingProxy(url.getPort());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(test.jdbcUrl().replace(url.getHost() + ":" + url.getPort(), "127.0.0.1:" + proxy.port()));
        config.setUsername(test.username());
        config.setPassword(test.password());
        config.setMaximumPoolSize(2);
        config.addDataSourceProperty("socketTimeout", "1");
        pool = new HikariDataSource(config);
    }

    @AfterEach
    void close() throws IOException {
        pool.close();
        proxy.close();
    }

    @Test
    void aCallEndsAndLaterOnesHaveConnectionsOfTheirOwn() throws Exception {
        SchemaMigration.migrate(pool, Service.EMAIL_WORKER, "email");
        JdbcTemplate database = new JdbcTemplate(pool);
        try (MailLedger ledger = new MailLedger(
                database,
                new LedgerSettings(Duration.ofSeconds(30), Duration.ofDays(90)),
                Clock.systemUTC(),
                new SimpleMeterRegistry())) {
            try (Connection open = pool.getConnection();
                    Statement call = open.createStatement()) {
                proxy.freeze();
                assertThatThrownBy(() -> call.execute("select 1")).isInstanceOf(SQLException.class);
            }

            proxy.freeze();
            Claim claim = new Claim(
                    new RecipientId("frozen"),
                    UUID.randomUUID(),
                    1,
                    new Claim.About("frozen@example.org", null, null, false));
            assertThat(ledger.claim(claim)).isInstanceOf(ClaimAnswer.Granted.class);
            proxy.freeze();
            ledger.settle(claim, Verdict.SENT, "250");
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> database.queryForList(
                                    "select state from email.ledger where recipient = 'frozen'", String.class)
                            .equals(List.of("sent")));
        }
    }

    @Test
    void aMigrationMayTakeLongerThanACall() {
        SchemaMigration.migrate(pool, Service.EMAIL_WORKER, "slow");

        assertThatThrownBy(() -> new JdbcTemplate(pool).execute("select pg_sleep(30)"))
                .as("the limit is there again")
                .isInstanceOf(DataAccessException.class);
    }
}
