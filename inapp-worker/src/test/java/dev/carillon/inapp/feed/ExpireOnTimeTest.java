package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ExpireOnTimeTest {
    /** However many expire at one instant, each is told once. */
    @Test
    void everythingThatExpiresIsToldOnce() {
        TestDatabase fresh = TestInfrastructure.freshDatabase();
        DriverManagerDataSource source =
                new DriverManagerDataSource(fresh.jdbcUrl(), fresh.username(), fresh.password());
        var _ = SchemaMigration.migrate(source, Service.INAPP_WORKER, "inapp");
        JdbcClient database = JdbcClient.create(source);
        ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
        List<Object> told = new ArrayList<>();
        ExpireOnTime expire =
                new ExpireOnTime(database, (recipient, change) -> told.add(recipient.value() + change), clock);
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra,"
                                + " expires_at) select 'r' || n % 7, gen_random_uuid(), :at, 1, :at, 'info', 'normal',"
                                + " 'queued', '{}', :at::timestamptz + case when n > 2300 then interval '2 minutes'"
                                + " else interval '1 minute' end from generate_series(1, 2500) n")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        expire.tell();
        assertThat(told).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        expire.tell();
        expire.tell();
        assertThat(told).hasSize(2_300).doesNotHaveDuplicates();

        clock.advance(Duration.ofMinutes(5));
        expire.tell();
        assertThat(told).hasSize(2_500).doesNotHaveDuplicates();
    }
}
