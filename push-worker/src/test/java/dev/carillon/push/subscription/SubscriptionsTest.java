package dev.carillon.push.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.push.webpush.SubscriberKeys;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.testsupport.CapturedLog;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.webpush.PushDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(InfrastructureExtension.class)
class SubscriptionsTest {
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final RecipientId ada = new RecipientId("ada-" + UUID.randomUUID());
    private Subscriptions subscriptions;
    private Subscriptions withoutBroker;
    private Subscriptions withoutCommit;

    @BeforeEach
    void open(TestDatabase database) {
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        SchemaMigration.migrate(source, Service.PUSH_WORKER, "push");
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        subscriptions = new Subscriptions(
                JdbcClient.create(source),
                transactions,
                (recipient, reachable) -> told.add(recipient + (reachable ? " on" : " off")),
                clock);
        withoutCommit = new Subscriptions(
                JdbcClient.create(source),
                new TransactionTemplate(new NeverCommits(source)),
                (recipient, reachable) -> told.add(recipient + (reachable ? " on" : " off")),
                clock);
        withoutBroker = new Subscriptions(
                JdbcClient.create(source),
                transactions,
                (recipient, reachable) -> {
                    throw new BrokerUnavailableException("away", new IllegalStateException());
                },
                clock);
    }

    @Test
    void aSubscriptionThatChangedSinceItWasReadIsNotForgotten() {
        String endpoint = endpoint();
        subscriptions.store(ada, wanted(endpoint), "key");
        Subscription read = subscriptions.of(ada).getFirst();
        subscriptions.store(ada, wanted(endpoint), "key");

        assertThat(subscriptions.forget(read)).isFalse();
        assertThat(subscriptions.of(ada)).hasSize(1);
        assertThat(subscriptions.forget(subscriptions.of(ada).getFirst())).isTrue();
        assertThat(subscriptions.of(ada)).isEmpty();
    }

    /** Without the keys that only the sender of pushes needs; and the router is not told, for it forgets her too. */
    @Test
    void devicesAreToldAndErased(TestDatabase database) {
        subscriptions.store(ada, wanted(endpoint()), "key");
        told.clear();
        var data = new PushPersonalData(JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password())));

        List<Reply.Exported> parts = new ArrayList<>();
        var into = new ExportParts("x-1", Service.PUSH_WORKER, clock.instant(), parts::add);
        data.export(new Command.Export("x-1", ada, List.of(), clock.instant()), into);
        into.end();
        var device = parts.getFirst()
                .tables()
                .getOrDefault("subscriptions", List.of())
                .getFirst();
        assertThat(device.has("endpoint")).isTrue();
        assertThat(device.has("auth") || device.has("p256dh")).isFalse();

        Command.Erase erase = new Command.Erase("e-1", 1, ada, List.of(), clock.instant());
        assertThat(data.erase(erase)).containsEntry("subscriptions", 1L);
        assertThat(subscriptions.of(ada)).isEmpty();
        assertThat(data.erase(erase)).containsEntry("subscriptions", 0L);
        assertThat(told).isEmpty();
    }

    @Test
    void aDeviceComesOnlyWhereTheRouterCanBeTold() {
        assertThatThrownBy(() -> withoutBroker.store(ada, wanted(endpoint()), "key"))
                .isInstanceOf(BrokerUnavailableException.class);
        assertThat(subscriptions.of(ada)).isEmpty();
    }

    @Test
    void whereTheRouterCannotBeToldThatTheLastDeviceWentTheNextCallTellsIt() {
        String endpoint = endpoint();
        subscriptions.store(ada, wanted(endpoint), "key");
        assertThatThrownBy(() -> withoutBroker.remove(ada, endpoint)).isInstanceOf(BrokerUnavailableException.class);
        assertThat(subscriptions.of(ada)).isEmpty();

        assertThat(subscriptions.remove(ada, endpoint)).isFalse();
        assertThat(told).endsWith(ada + " off");
    }

    @Test
    void theLogDoesNotNameOfWhomTheRouterIsNotTold() {
        try (var log = new CapturedLog(Subscriptions.class)) {
            withoutBroker.missing(ada);

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("the router is not told", "away")
                    .doesNotContain(ada.value());
        }
    }

    @Test
    void aDeviceWhoseRemovalDoesNotCommitStaysReachable() {
        String endpoint = endpoint();
        subscriptions.store(ada, wanted(endpoint), "key");

        assertThatThrownBy(() -> withoutCommit.remove(ada, endpoint)).isInstanceOf(TransactionSystemException.class);
        assertThatThrownBy(() -> withoutCommit.store(new RecipientId("bob"), wanted(endpoint), "key"))
                .isInstanceOf(TransactionSystemException.class);

        assertThat(subscriptions.of(ada)).hasSize(1);
        assertThat(told).doesNotContain(ada + " off");
    }

    @Test
    void everyVisitOfADeviceTellsThatItIsThere() {
        String endpoint = endpoint();
        subscriptions.store(ada, wanted(endpoint), "key");
        subscriptions.store(ada, wanted(endpoint), "key");

        assertThat(told).containsExactly(ada + " on", ada + " on");
    }

    @Test
    void whoLosesTheLastDeviceToAnotherUserIsNoLongerReachable() {
        RecipientId bob = new RecipientId("bob-" + UUID.randomUUID());
        String endpoint = endpoint();
        subscriptions.store(ada, wanted(endpoint), "key");
        subscriptions.store(bob, wanted(endpoint), "key");

        assertThat(told).containsExactly(ada + " on", bob + " on", ada + " off");
    }

    @Test
    void useIsNotedAtMostOnceAnHour() {
        subscriptions.store(ada, wanted(endpoint()), "key");
        subscriptions.used(subscriptions.of(ada).getFirst());
        var first = subscriptions.of(ada).getFirst().lastUsedAt();
        clock.advance(Duration.ofMinutes(30));
        subscriptions.used(subscriptions.of(ada).getFirst());
        assertThat(subscriptions.of(ada).getFirst().lastUsedAt()).isEqualTo(first);
        clock.advance(Duration.ofMinutes(31));
        subscriptions.used(subscriptions.of(ada).getFirst());

        assertThat(subscriptions.of(ada).getFirst().lastUsedAt()).isEqualTo(clock.instant());
    }

    @Test
    void usersWhoTakeEachOthersBrowsersAtTheSameTimeNeitherDeadlockNorShareOne() throws Exception {
        RecipientId bob = new RecipientId("bob-" + UUID.randomUUID());
        List<String> endpoints = List.of(endpoint(), endpoint(), endpoint());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                RecipientId who = i % 2 == 0 ? ada : bob;
                all.add(threads.submit(() -> {
                    ThreadLocalRandom random = ThreadLocalRandom.current();
                    String endpoint = endpoints.get(random.nextInt(endpoints.size()));
                    if (random.nextInt(4) == 0) {
                        subscriptions.remove(who, endpoint);
                    } else {
                        subscriptions.store(who, wanted(endpoint), "key");
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        for (RecipientId who : List.of(ada, bob)) {
            List<String> own =
                    told.stream().filter(line -> line.startsWith(who + " ")).toList();
            boolean reachable = !own.isEmpty() && own.getLast().equals(who + " on");
            assertThat(reachable).isEqualTo(!subscriptions.of(who).isEmpty());
        }
    }

    private static final class NeverCommits extends JdbcTransactionManager {
        private static final long serialVersionUID = 1;

        NeverCommits(DataSource source) {
            super(source);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            doRollback(status);
            throw new TransactionSystemException("the connection broke");
        }
    }

    private static String endpoint() {
        return "https://push.example/" + UUID.randomUUID();
    }

    private static NewSubscription wanted(String endpoint) {
        PushDevice device = new PushDevice(endpoint);
        return new NewSubscription(
                endpoint, SubscriberKeys.parse(device.p256dh(), device.auth()), null, null, null, null);
    }
}
