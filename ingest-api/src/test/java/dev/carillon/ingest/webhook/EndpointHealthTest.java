package dev.carillon.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.webhook.Endpoint.Disabled;
import dev.carillon.ingest.webhook.Endpoint.Health;
import dev.carillon.ingest.webhook.Endpoint.Wanted;
import dev.carillon.ingest.webhook.Message.State;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** When an endpoint rests, when it is disabled, and what becomes of what waits for it. */
@ExtendWith(InfrastructureExtension.class)
class EndpointHealthTest {
    private static final UUID ID = new UUID(0, 1);
    private static final UUID MESSAGE = new UUID(0, 2);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private EndpointTable endpoints;
    private MessageTable messages;
    private SweepWebhooks sweep;

    @BeforeEach
    void start(TestDatabase fresh) {
        var source = new DriverManagerDataSource(fresh.jdbcUrl(), fresh.username(), fresh.password());
        SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
        JdbcClient jdbc = JdbcClient.create(source);
        jdbc.sql("TRUNCATE ingest.webhook_endpoint, ingest.webhook_message").update();
        endpoints = new EndpointTable(jdbc);
        messages = new MessageTable(jdbc);
        sweep = new SweepWebhooks(endpoints, new Backlog(jdbc), properties(2), meters, clock);
        Filter filter = new Filter(Set.of(OutcomeState.SENT), Set.of(), Set.of(), Set.of());
        Wanted wanted = new Wanted("https://hooks.example.com/", null, filter, true);
        endpoints.insert(new Endpoint(ID, wanted, null, Secrets.fresh(), Health.good(), clock.instant()));
    }

    @Test
    void restsForLongerAndLongerAfterTheThirdFailureAndNotAfterASuccess() {
        assertThat(rests()).isNull();
        fail(2);
        assertThat(rests()).isNull();
        fail(1);
        assertThat(rests()).isEqualTo(clock.instant().plusSeconds(2));
        fail(3);
        assertThat(rests())
                .as("answers to what was on its way")
                .isEqualTo(clock.instant().plusSeconds(2));
        clock.advance(Duration.ofSeconds(3));
        fail(1);
        assertThat(rests()).isEqualTo(clock.instant().plusSeconds(4));
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofMinutes(6));
            fail(1);
        }
        assertThat(rests()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
        Instant asked = clock.instant().plus(Duration.ofHours(1));
        endpoints.failed(ID, clock.instant(), true, asked);
        assertThat(rests()).isEqualTo(asked);
        endpoints.succeeded(ID);
        assertThat(health()).isEqualTo(Health.good());
    }

    @Test
    void whatIsDueWaitsWhileItsEndpointRests() {
        insert(MESSAGE);
        fail(3);
        Instant now = clock.instant();
        assertThat(messages.due(now)).isEmpty();
        assertThat(messages.claim(ID, now, now.plusSeconds(60))).isEmpty();
        clock.advance(Duration.ofSeconds(3));
        now = clock.instant();
        assertThat(messages.due(now)).containsExactly(ID);
        assertThat(messages.claim(ID, now, now.plusSeconds(60))).isPresent();
        assertThat(messages.claim(ID, now, now.plusSeconds(60))).as("taken").isEmpty();
        assertThat(messages.claim(ID, now.plusSeconds(61), now.plusSeconds(120)))
                .as("given up by who took it")
                .hasValueSatisfying(message -> assertThat(message.attempts()).isEqualTo(2));
    }

    @Test
    void isDisabledWhenEveryRequestHasFailedForDays() {
        try (WebhookHttp http = new WebhookHttp(
                new EndpointPolicy(List.of("*"), false, "hosts"),
                Duration.ofSeconds(5),
                host -> {
                    throw new UnknownHostException(host);
                },
                null,
                clock)) {
            AttemptMessage attempt = new AttemptMessage(http, messages, endpoints, Duration.ofDays(5), meters, clock);
            insert(MESSAGE);
            assertThat(tried(attempt).last().error()).isEqualTo("its host is not known");
            clock.advance(Duration.ofDays(4));
            tried(attempt);
            assertThat(endpoint().disabled()).isNull();
            clock.advance(Duration.ofDays(1));
            tried(attempt);
            assertThat(endpoint().disabled()).isEqualTo(Disabled.FAILING);
            assertThat(attempts("retrying")).isEqualTo(3);
            assertThat(attempts("dead")).isZero();

            Message test = Message.fresh(ID, new UUID(0, 3), Payload.TEST, null, "{}", clock.instant());
            assertThat(attempt.once(endpoint(), test).state()).isEqualTo(State.DEAD);
            assertThat(attempts("dead")).isEqualTo(1);
            assertThat(attempts("retrying")).isEqualTo(3);
            assertThat(attempts("delivered")).isZero();
        }
    }

    private double attempts(String result) {
        return meters.get("carillon.webhook.attempts")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void isDisabledWhenTooMuchWaitsAndWhatIsTooOldIsGivenUp() {
        insert(MESSAGE);
        insert(new UUID(0, 3));
        sweep.sweep();
        assertThat(endpoint().disabled()).isNull();
        insert(new UUID(0, 4));
        sweep.sweep();
        assertThat(endpoint().disabled()).isEqualTo(Disabled.BACKLOG);
        assertThat(meters.get("carillon.webhook.disabled")
                        .tag("reason", "backlog")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("carillon.webhook.messages")
                        .tag("state", "waiting")
                        .gauge()
                        .value())
                .isEqualTo(3);

        insert(new UUID(0, 5));
        assertThat(messages.find(ID, new UUID(0, 5)))
                .as("what happens meanwhile")
                .isEmpty();
        clock.advance(Duration.ofDays(8));
        sweep.sweep();
        assertThat(messages.find(ID, MESSAGE))
                .hasValueSatisfying(message -> assertThat(message.state()).isEqualTo(State.DEAD));
        clock.advance(Duration.ofDays(31));
        sweep.sweep();
        assertThat(messages.find(ID, MESSAGE)).isEmpty();
    }

    private Message tried(AttemptMessage attempt) {
        Message message = messages.claim(ID, clock.instant(), clock.instant().plusSeconds(60))
                .orElseThrow();
        return attempt.once(endpoint(), message);
    }

    private void insert(UUID id) {
        messages.insert(List.of(Message.fresh(ID, id, "notification.sent", "ada", "{}", clock.instant())));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            endpoints.failed(ID, clock.instant(), true, null);
        }
    }

    private @Nullable Instant rests() {
        return health().notBefore();
    }

    private Health health() {
        return endpoint().health();
    }

    private Endpoint endpoint() {
        return endpoints.find(ID).orElseThrow();
    }

    private static WebhookProperties properties(int mostWaiting) {
        return new WebhookProperties(
                true,
                List.of("*"),
                false,
                Duration.ofSeconds(5),
                1,
                Duration.ofSeconds(1),
                Duration.ofDays(7),
                Duration.ofDays(30),
                Duration.ofDays(5),
                mostWaiting,
                null);
    }
}
