package dev.carillon.email.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.email.layout.Deliveries;
import dev.carillon.email.profile.ErasedTable;
import dev.carillon.email.unsubscribe.UnsubscribePage;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.Tracking;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Clicks while database or broker is away: whoever clicks goes on at once, and what she did is told afterwards. */
@ExtendWith(InfrastructureExtension.class)
@Timeout(300)
class ReadingLogTest {
    private static final int MOST = 20;
    private static final String TARGET = "https://app.example.org/invoices/1";
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());
    private static final UnsubscribeSettings SECRETS = new UnsubscribeSettings(
            "https://api.carillon.test",
            "a secret of these tests, long enough",
            List.of(),
            Duration.ofDays(180),
            null,
            null);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Gate database = new Gate();
    private final Gate broker = new Gate();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                @Override
                public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback told) {
                    broker.pass();
                    if (broker.refuses) {
                        throw new TimeoutException("no broker");
                    }
                    return super.send(record, told);
                }
            };
    private final NoTrackTable untracked;
    private final ErasedTable erased;
    private final ReadingLog log;
    private final Tracker tracker = new Tracker(
            new TrackingSettings(true, Duration.ofDays(30)),
            SECRETS,
            type -> new Tracking(true, true),
            recipient -> false,
            clock);
    private final TrackingController controller;

    /** A way that can be shut, so that whoever comes waits, or refuses them. */
    private static final class Gate {
        private volatile CountDownLatch open = new CountDownLatch(0);
        private volatile boolean refuses;
        private volatile boolean somebodyCame;

        void shut() {
            open = new CountDownLatch(1);
        }

        void pass() {
            somebodyCame = true;
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    ReadingLogTest(TestDatabase test) {
        var source = new DriverManagerDataSource(test.jdbcUrl(), test.username(), test.password());
        SchemaMigration.migrate(source, Service.EMAIL_WORKER, "email");
        JdbcClient jdbc = JdbcClient.create(new DelegatingDataSource(source) {
            @Override
            public Connection getConnection() throws SQLException {
                database.pass();
                if (database.refuses) {
                    throw new SQLException("no database");
                }
                return super.getConnection();
            }
        });
        untracked = new NoTrackTable(jdbc);
        erased = new ErasedTable(jdbc, Duration.ofDays(365));
        log = new ReadingLog(
                new TellReadings(new RecordSender(producer), TOPICS.activity(), untracked, erased),
                metrics,
                clock,
                MOST);
        MailTypes types = new MailTypes(new KafkaClients(new KafkaProperties(), TOPICS), TOPICS);
        controller = new TrackingController(tracker, log, new UnsubscribePage(types, null));
    }

    @AfterEach
    void close() {
        database.open.countDown();
        broker.open.countDown();
        log.close();
    }

    private String token(String recipient, int number) {
        Delivery mail = Deliveries.single(
                recipient,
                "e" + number,
                Deliveries.address("ada@example.org", null, null),
                Deliveries.content("Hello", null, "/1"));
        String link = tracker.of(mail).to(mail.notification(), TARGET);
        return link.substring(link.indexOf("?token=") + 7);
    }

    private void click(String token) {
        ResponseEntity<String> answer = controller.click(token, new MockHttpServletRequest("GET", "/"), Locale.ENGLISH);
        assertThat(answer.getStatusCode().value()).isEqualTo(302);
        assertThat(answer.getHeaders().getLocation()).hasToString(TARGET);
    }

    private List<String> told() {
        return producer.history().stream()
                .map(record ->
                        Json.read(record.value(), Activity.class).recipient().value())
                .toList();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2));
    }

    private double counted(String what) {
        Counter counter =
                metrics.find("carillon.email.reading").tag("what", what).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void nobodyWaitsForAFrozenDatabaseAndItIsToldWhenThatAnswers() {
        database.shut();
        click(token("frozen-1", 1));
        click(token("frozen-2", 2));
        assertThat(told()).isEmpty();

        database.open.countDown();
        soon().until(() -> told().size() == 2);
        soon().until(() -> counted("clicked") == 2);
    }

    @Test
    void nobodyWaitsForABrokerAndItIsToldOnceWhenThatIsBack() {
        broker.shut();
        String token = token("patient", 1);
        click(token);
        broker.refuses = true;
        broker.open.countDown();
        click(token);
        assertThat(told()).isEmpty();

        broker.refuses = false;
        soon().until(() -> counted("clicked") == 1);
        click(token);
        click(token("later", 2));
        soon().until(() -> told().contains("later"));
        assertThat(told()).containsExactly("patient", "later");
    }

    @Test
    void whatDoesNotFitIsLostAndCountedAndToldAtTheNextClick() {
        database.shut();
        click(token("told-first", 1));
        soon().until(() -> database.somebodyCame);
        for (int i = 0; i < MOST; i++) {
            click(token("filler", i));
        }
        assertThat(counted("lost")).isZero();
        click(token("lost", 1));
        assertThat(counted("lost")).isEqualTo(1);

        database.open.countDown();
        soon().until(() -> counted("clicked") == MOST + 1);
        assertThat(told()).doesNotContain("lost");
        click(token("lost", 1));
        soon().until(() -> told().contains("lost"));
    }

    @Test
    void whatIsNotToldWhenItEndsIsCounted() {
        database.refuses = true;
        click(token("ended", 1));
        log.close();
        soon().until(() -> counted("lost") == 1);
        assertThat(told()).isEmpty();
    }

    @Test
    void whoForbadeItOrWasErasedSinceIsNotToldOf() {
        untracked.profiles(List.of(new RecipientProfile(
                new RecipientId("forbidding"),
                1,
                null,
                null,
                null,
                Preferences.defaults().withDoNotTrack(true))));
        erased.add(new RecipientId("gone"), clock.instant());
        click(token("forbidding", 1));
        click(token("gone", 1));
        click(token("willing", 1));

        soon().until(() -> told().contains("willing"));
        assertThat(told()).containsExactly("willing");
    }

    @Test
    void aMailThatIsMadeAsksWhoForbidsItAndTakesAMissingAnswerForAYes() {
        untracked.profiles(List.of(new RecipientProfile(
                new RecipientId("asked"),
                1,
                null,
                null,
                null,
                Preferences.defaults().withDoNotTrack(true))));
        WhoForbids forbids = new WhoForbids(untracked);

        assertThat(forbids.test(new RecipientId("asked"))).isTrue();
        assertThat(forbids.test(new RecipientId("other"))).isFalse();
        database.refuses = true;
        assertThat(forbids.test(new RecipientId("unknown"))).isTrue();
    }
}
