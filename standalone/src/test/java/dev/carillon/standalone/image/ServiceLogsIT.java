package dev.carillon.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.smtp.Reaction;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What the services' executable jars write where operators read it. It needs the jars, so it runs after {@code package}. */
@ExtendWith(InfrastructureExtension.class)
class ServiceLogsIT {
    private static final String JSON = "ecs";
    private static final String TEXT = "";
    private static final String UNKNOWN = "carillon.topics.prefiks";
    private static final String REFUSED = UNKNOWN + " is no setting of Carillon";

    private static final String ADDRESS = "ada.lovelace@example.org";
    private static final String NAME = "Countess Ada";
    private static final String TITLE = "Your results are here";
    private static final String BODY = "Nothing was found";

    /** The other two write more, below. */
    @Test
    void linesAreObjectsAlsoWhereAServiceCannotStart() {
        List<Service> services = List.of(Service.ROUTER_STREAM, Service.INAPP_WORKER, Service.PUSH_WORKER);
        List<ServiceJar> jars = services.stream()
                .map(service -> ServiceJar.start(service, JSON, List.of("--" + UNKNOWN + "=x")))
                .toList();
        try {
            for (int i = 0; i < jars.size(); i++) {
                assertThat(objects(services.get(i), jars.get(i).failed()))
                        .anyMatch(line -> line.path("message").asString().contains(REFUSED));
            }
        } finally {
            jars.forEach(ServiceJar::close);
        }
    }

    @Test
    void linesAreTextWhereTheVariableIsEmpty() {
        try (ServiceJar worker = ServiceJar.start(Service.EMAIL_WORKER, TEXT, List.of("--" + UNKNOWN + "=x"))) {
            assertThat(worker.failed())
                    .anyMatch(line -> line.contains(REFUSED))
                    .noneMatch(line -> line.contains("{\"@timestamp\""));
        }
    }

    @Test
    void aFailureIsToldByItsIdsAndByNothingPersonal(TestDatabase database, TopicPrefix prefix, TopicProbe probe)
            throws Exception {
        try (FakeRelay relay = FakeRelay.start()
                        .whenever(
                                FakeRelay.On.RCPT, line -> true, Reaction.answer("550 5.1.1 there is no " + ADDRESS));
                ServiceJar worker =
                        ServiceJar.start(Service.EMAIL_WORKER, JSON, settings(database, prefix, relay.port()));
                ServiceJar frontDoor =
                        ServiceJar.start(Service.INGEST_API, JSON, settings(database, prefix, relay.port()))) {
            worker.awaitReady();
            frontDoor.awaitReady();
            refuseEveryRow(database, "email.suppression");
            refuseEveryRow(database, "ingest.recipient");

            Notification about = send(probe, topics(prefix));
            worker.awaitLine("a bounce is not remembered");
            assertThat(register(frontDoor)).isEqualTo(500);
            frontDoor.awaitLine("a request failed unexpectedly");

            List<String> mailing = worker.stopped();
            List<String> answering = frontDoor.stopped();
            assertThat(objects(Service.EMAIL_WORKER, mailing))
                    .filteredOn(line -> line.path("message").asString().startsWith("a bounce is not remembered"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.at("/carillon/event").asString())
                            .isEqualTo(about.event().toString()))
                    .satisfies(
                            line -> assertThat(line.at("/carillon/notification").asString())
                                    .isEqualTo(about.id().toString()));
            assertThat(objects(Service.INGEST_API, answering))
                    .anyMatch(line -> !line.at("/error/stack_trace").isMissingNode());
            assertThat(Stream.concat(mailing.stream(), answering.stream()))
                    .noneMatch(line -> Stream.of(ADDRESS, NAME, TITLE, BODY).anyMatch(line::contains));
        }
    }

    /** The lines, each of which is an object that says when, how bad, by whom and what. */
    private static List<JsonNode> objects(Service service, List<String> lines) {
        List<JsonNode> objects = new ArrayList<>();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode object = parsed(line);
            assertThat(object.isObject()).isTrue();
            assertThat(Instant.parse(object.path("@timestamp").asString())).isNotNull();
            assertThat(object.at("/log/level").asString()).isIn("INFO", "WARN", "ERROR");
            assertThat(object.at("/service/name").asString()).isEqualTo("carillon-" + service.code());
            assertThat(object.path("message").asString()).isNotBlank();
            objects.add(object);
        });
        return objects;
    }

    private static JsonNode parsed(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JacksonException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    /** From now on: each insert and update fails, and the database says of which row. */
    private static void refuseEveryRow(TestDatabase database, String table) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table + " ADD CHECK (false) NOT VALID");
        }
    }

    private static int register(ServiceJar frontDoor) throws IOException, InterruptedException {
        return frontDoor.send(frontDoor
                .request("/api/v1/recipients/ada")
                .header("Authorization", "Bearer " + RunningCarillon.API_KEY)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"name\":\"%s\",\"email\":\"%s\"}".formatted(NAME, ADDRESS)))
                .build());
    }

    private static Notification send(TopicProbe probe, Topics topics) {
        EventUid event = EventUid.of("clinic", "e-1");
        RecipientId ada = new RecipientId("ada");
        Instant now = Clock.systemUTC().instant();
        NotificationId id = NotificationId.of(event, ada);
        Notification about = new Notification(
                id, event, ada, "result", now, null, Labels.none(), false, null, Content.of(TITLE, BODY));
        Delivery mail = new Delivery(
                DeliveryId.of(id, Channel.EMAIL),
                Channel.EMAIL,
                Lane.DIRECT,
                new Rev(now, 0),
                new Address(ADDRESS, NAME, null, null),
                about,
                List.of(),
                0,
                Attempts.none(),
                null);
        int partition = Partitions.of(ada, topics.settings().partitions());
        var _ = probe.send(topics.deliveries(Channel.EMAIL).name(), partition, "ada", Json.write(mail));
        return about;
    }

    private static Topics topics(TopicPrefix prefix) {
        return new Topics(new TopicSettings(
                prefix.value(), 3, (short) 1, TopicSettings.defaults().retryTiers()));
    }

    private static List<String> settings(TestDatabase database, TopicPrefix prefix, int smtpPort) {
        List<String> settings = new ArrayList<>(FleetSettings.forTests(smtpPort));
        settings.add("--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrapServers());
        settings.add("--carillon.topics.prefix=" + prefix.value());
        database.springProperties().forEach((name, value) -> settings.add("--" + name + "=" + value));
        return settings;
    }
}
