package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.DatabaseSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.embedded.EmbeddedDatabase;
import dev.carillon.embedded.LoopbackPort;
import dev.carillon.fleet.Api;
import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Outside;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.RandomSeed;
import dev.carillon.testsupport.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and database away, at the start and in the middle: the services wait, say so, and go on by themselves. */
class OutagesTest {
    private static final Duration WAIT = Duration.ofMinutes(3);

    @TempDir
    private Path state;

    @Test
    void servicesOutliveTheBrokerAndTheDatabase() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary());
                EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseSettings.temporary())) {
            Outside outside = new Outside(
                    broker.bootstrapServers(),
                    "outages.",
                    new TestDatabase(database.jdbcUrl(), EmbeddedDatabase.USER, database.password()));
            broker.stop();
            database.stop();
            try (Fleet carillon = Fleet.starting(
                            outside,
                            state,
                            FleetSettings.small(LoopbackPort.choose(0)),
                            RandomSeed.of("OutagesTest").generator());
                    Api api = new Api(carillon, Clock.systemUTC())) {
                waitsForBoth(carillon, broker, database);
                storesWhatCameWhileTheDatabaseWasAway(api, database);
                refusesAndThenNotifiesOnceWhileTheBrokerWasAway(api, broker);
            }
        }
    }

    private static void waitsForBoth(Fleet carillon, EmbeddedBroker broker, EmbeddedDatabase database) {
        await().atMost(WAIT).until(() -> says(carillon.log(Service.ROUTER_STREAM), "waiting for the Kafka broker"));
        database.start();
        await().atMost(WAIT).until(() -> says(carillon.log(Service.INGEST_API), "waiting for the Kafka broker"));
        broker.start();
        carillon.awaitReady();
    }

    private static void storesWhatCameWhileTheDatabaseWasAway(Api api, EmbeddedDatabase database) {
        api.publish(Map.of("recipients", List.of("ada"), "title", "before"));
        await().atMost(WAIT).until(() -> titles(api).equals(List.of("before")));

        database.stop();
        api.publish(Map.of("recipients", List.of("ada"), "title", "meanwhile"));
        assertThat(api.endUser("ada", "GET", "/api/v1/notifications").statusCode())
                .isEqualTo(503);
        database.start();

        await().atMost(WAIT).ignoreExceptions().until(() -> titles(api).equals(List.of("meanwhile", "before")));
    }

    private static void refusesAndThenNotifiesOnceWhileTheBrokerWasAway(Api api, EmbeddedBroker broker) {
        Map<String, Object> event =
                Map.of("id", "again", "source", "outages", "recipients", List.of("ada"), "title", "again");
        broker.stop();
        HttpResponse<String> unknown = api.upstream("POST", "/api/v1/events", event);
        assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(503);
        assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
        broker.start();

        await().atMost(WAIT)
                .until(() -> api.upstream("POST", "/api/v1/events", event).statusCode() == 202);
        await().atMost(WAIT).until(() -> titles(api).getFirst().equals("again"));
        assertThat(titles(api)).containsExactly("again", "meanwhile", "before");
    }

    private static List<String> titles(Api api) {
        return api.feed("ada")
                .path("notifications")
                .valueStream()
                .map(item -> item.path("title").asString())
                .toList();
    }

    private static boolean says(List<String> log, String text) {
        return log.stream().anyMatch(line -> line.contains(text));
    }
}
