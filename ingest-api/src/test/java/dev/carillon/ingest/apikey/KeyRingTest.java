package dev.carillon.ingest.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.repeat.Repeating;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(InfrastructureExtension.class)
class KeyRingTest {
    private static final ApiKey KEY = new ApiKey(
            UUID.randomUUID(), "shop", Set.of(Scope.PUBLISH), Set.of(), null, Instant.parse("2026-11-20T10:00:00Z"));

    @Test
    void goesOnReadingAfterAnyFailure() {
        AtomicInteger reads = new AtomicInteger();
        KeyRing ring = new KeyRing(() -> {
            if (reads.incrementAndGet() < 3) {
                throw new IllegalArgumentException("something nobody thought of");
            }
            return Map.of(Token.hash("secret"), KEY);
        });
        Repeating refresh = new Repeating("keys", Duration.ZERO, Duration.ofMillis(10), ring::reload);

        refresh.start();
        try {
            await().until(() -> reads.get() >= 3);
            await().untilAsserted(() -> assertThat(ring.find("secret")).isEqualTo(KEY));
        } finally {
            refresh.stop();
        }
    }

    @Test
    void aScopeOfANewerVersionAllowsNothingAndKeepsNoKeyFromBeingRead(TestDatabase database) {
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
        JdbcClient jdbc = JdbcClient.create(source);
        ApiKeyTable table = new ApiKeyTable(jdbc);
        table.insert(KEY, "hash");
        jdbc.sql("UPDATE ingest.api_key SET scopes = scopes || 'teleport'::text")
                .update();

        assertThat(table.byHash()).containsExactly(Map.entry("hash", KEY));
        assertThat(table.list()).isEqualTo(List.of(KEY));
    }
}
