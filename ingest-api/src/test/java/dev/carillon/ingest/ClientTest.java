package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.client.Carillon;
import dev.carillon.client.Event;
import dev.carillon.client.FieldViolation;
import dev.carillon.client.Problem;
import dev.carillon.client.Receipt;
import dev.carillon.client.RefusedException;
import dev.carillon.client.Result;
import dev.carillon.client.Timeline;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Java client against the real service. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientTest {
    private static final Path PAGE = Path.of("..", "client/src/main/java/dev/carillon/client/package-info.java");
    private static final Path THIS = Path.of("src/test/java/dev/carillon/ingest/ClientTest.java");

    private RunningIngest ingest;
    private TopicProbe topics;
    private Carillon client;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
        client = Carillon.at(ingest.api().origin())
                .key(RunningIngest.BOOTSTRAP_KEY)
                .build();
    }

    @AfterAll
    void stop() {
        client.close();
        ingest.close();
    }

    @Test
    void theExampleOfItsPageWorksAsItStands() throws Exception {
        ingest.api().put("/api/v1/types/invoice.paid", "{}");
        List<String> log = new ArrayList<>();
        Carillon carillon = client;

        Receipt receipt = carillon.publish(Event.of("invoice.paid")
                .id("inv-1")
                .source("billing")
                .to("ada")
                .title("Invoice INV-1 was paid")
                .body("Northwind settled 1,280.00.")
                .data("amount", 1280));

        for (Result result :
                carillon.publishAll(List.of(Event.of("build.failed").to("bob").title("Build 7 failed")))) {
            switch (result) {
                case Result.Accepted(Receipt accepted) -> log.add("accepted " + accepted.uid());
                case Result.Refused(Problem problem) -> log.add("refused: " + problem.detail());
            }
        }

        carillon.recipients().register("ada", Map.of("name", "Ada", "email", "ada@example.org"));
        carillon.audiences().add("team-7", List.of("ada", "bob"));
        carillon.publish(
                Event.of("team.renamed").toAudience("team-7").exclude("bob").title("The team has a new name"));

        carillon.cancel(receipt);
        log.add(carillon.timeline(receipt.uid()).notifications().size() + " told");

        assertThat(receipt.uid()).isEqualTo(EventUid.of("billing", "inv-1").toString());
        assertThat(log).hasSize(2);
        assertThat(log.getFirst()).startsWith("accepted ");
        List<RouteEvent> routed = topics.readAll(ingest.topic("intake")).stream()
                .map(record -> Json.read(record.value(), IntakeRecord.class))
                .filter(RouteEvent.class::isInstance)
                .map(RouteEvent.class::cast)
                .toList();
        assertThat(routed)
                .anyMatch(event -> "Northwind settled 1,280.00."
                        .equals(event.event().content().body()));
        assertThat(ingest.api().get("/api/v1/recipients/ada").text("email")).isEqualTo("ada@example.org");
        assertThat(page()).isNotEmpty().allMatch(code(Files.readString(THIS))::contains);
    }

    /** The statements of the page's example, apart from the one that builds the client, without their layout. */
    private static List<String> page() throws Exception {
        String page = Files.readString(PAGE).replaceAll("(?m)^ \\* ?", "");
        String example = page.substring(page.indexOf("{@code") + 6, page.indexOf("}</pre>"));
        return List.of(code(example).split(";")).stream()
                .filter(statement -> !statement.isBlank() && !statement.contains("Carillon.at"))
                .toList();
    }

    private static String code(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void saysWhichFieldsAreRefused() {
        assertThatThrownBy(
                        () -> client.publish(Event.of("x").priority("yesterday").to("b b")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(422);
                    assertThat(refused.problem().violations())
                            .extracting(FieldViolation::field)
                            .contains("priority", "recipients[0]");
                });
        List<Result> results = client.publishAll(List.of(
                Event.titled("good").id("g").source("batch").to("ada"),
                Event.titled("nobody").id("n")));
        assertThat(results.getFirst())
                .isEqualTo(new Result.Accepted(
                        new Receipt(EventUid.of("batch", "g").toString(), "g", "batch")));
        assertThat(results.getLast())
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("invalid_fields"));
        assertThatThrownBy(() -> {
                    try (Carillon stranger =
                            Carillon.at(ingest.api().origin()).key("ck_nobody").build()) {
                        stranger.publish(Event.titled("x").to("ada"));
                    }
                })
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("unauthorized"));
    }

    @Test
    void changesWhoBelongsAndWhatTheyPrefer() {
        client.audiences().add("crew", List.of("ada", "bob", "cy"));
        client.audiences().remove("crew", List.of("cy"));
        client.recipients().register("fay", Map.of("name", "Fay"));
        client.recipients().prefer("fay", Map.of("time_zone", "Europe/Vienna"));
        assertThat(members("crew")).containsExactly("ada", "bob");
        client.audiences().replace("crew", List.of("fay"));
        assertThat(members("crew")).containsExactly("fay");
        assertThat(ingest.api().get("/api/v1/recipients/fay/preferences").text("time_zone"))
                .isEqualTo("Europe/Vienna");
        client.recipients().delete("fay");
        assertThat(ingest.api().get("/api/v1/recipients/fay").status()).isEqualTo(404);
    }

    @Test
    void readsWhatBecameOfAnEvent() {
        Receipt receipt =
                client.publish(Event.titled("x").id("told").source("test").to("gil"));
        assertThat(client.timeline(receipt.uid())).isEqualTo(new Timeline(List.of(), null));
        tell("gil", EventUid.of("test", "told"));
        Timeline told = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> client.timeline(receipt.uid()),
                        one -> !one.notifications().isEmpty());

        Timeline.OnChannel email = told.notifications().getFirst().on("email").orElseThrow();
        assertThat(email.state() + " " + email.reason()).isEqualTo("skipped no_address");
        assertThat(email.sentence()).isNotEmpty();
        assertThat(told.notifications().getFirst().on("push")).isEmpty();
        assertThat(client.find("test", "told")).isEqualTo(told);
        assertThat(client.find("test", "never & nowhere")).isEqualTo(new Timeline(List.of(), null));
    }

    private List<String> members(String audience) {
        return Objects.requireNonNull(ingest.api()
                        .get("/api/v1/audiences/" + audience + "/members")
                        .json()
                        .get("members"))
                .valueStream()
                .map(member -> member.get("recipient").asString())
                .toList();
    }

    private void tell(String recipient, EventUid event) {
        RecipientId who = new RecipientId(recipient);
        Instant now = ingest.bean(Clock.class).instant();
        var outcome = new NotificationOutcome(
                NotificationId.of(event, who),
                event,
                who,
                now,
                List.of(ChannelOutcome.of(Channel.EMAIL, OutcomeState.SKIPPED, Reason.NO_ADDRESS)),
                now,
                null,
                "test");
        var _ = topics.send(
                ingest.topic("outcomes"),
                Partitions.of(who, 4),
                recipient,
                Json.write(new OutcomeBatch(List.of(outcome))));
    }
}
