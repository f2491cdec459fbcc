package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingTest {
    private static final NotificationType INVOICE = new NotificationType(
            "invoice.paid",
            7,
            "Invoice paid",
            null,
            "billing",
            Set.of(Channel.INAPP, Channel.EMAIL, Channel.PUSH),
            null,
            null,
            false,
            false,
            List.of(
                    new Template(null, null, "Paid: {{data.amount}}", null, "Dear {{recipient.name}}", null),
                    new Template(null, "de", "Bezahlt: {{data.amount}}", null, null, null)));

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void whoWasNeverRegisteredGetsAnEventOfUnknownTypeInApp() {
        router.send(router.event("1").to("ada"));

        List<Delivery> inapp = router.deliveries(Channel.INAPP);
        assertThat(inapp).hasSize(1);
        assertThat(inapp.getFirst().notification().content().title()).isEqualTo("Title of 1");
        assertThat(inapp.getFirst().recipient()).isEqualTo(new RecipientId("ada"));
        assertThat(router.told())
                .containsExactly(
                        "ada inapp routed none", "ada email suppressed not_in_type", "ada push suppressed not_in_type");
        router.nothingMore();
    }

    @Test
    void anEventGoesToEveryChannelOfItsTypeInTheReadersLanguage() {
        router.type(INVOICE);
        router.profile(People.registered("ada", 1));

        router.send(router.event("1")
                .type("invoice.paid", 7)
                .data(Map.of("amount", 12))
                .to("ada"));

        for (Channel channel : Channel.values()) {
            List<Delivery> sent = router.deliveries(channel);
            assertThat(sent).hasSize(1);
            assertThat(sent.getFirst().notification().content().title()).isEqualTo("Bezahlt: 12");
            assertThat(sent.getFirst().notification().content().body()).isEqualTo("Dear Name of ada");
            assertThat(sent.getFirst().address().email()).isEqualTo("ada@example.com");
        }
        assertThat(router.told()).hasSize(3);
        router.nothingMore();
    }

    @Test
    void aVariableWithoutAValueIsAWarningInTheOutcomeAndLeftEmptyInTheText() {
        router.type(INVOICE);
        router.profile(People.registered("ada", 1));
        router.send(router.event("1").type("invoice.paid", 7).to("ada"));

        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.notification().content().title()).isEqualTo("Bezahlt:"));
        assertThat(router.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.channels()).allSatisfy(channel -> {
                    assertThat(channel.state()).isEqualTo(OutcomeState.ROUTED);
                    assertThat(channel.warnings()).singleElement().asString().contains("title", "data.amount");
                }));
    }

    @Test
    void aRepeatedEventIsDropped() {
        router.send(router.event("1").to("ada"));
        router.send(router.event("1").to("ada"));

        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        assertThat(router.told()).hasSize(3);
        router.nothingMore();
    }

    @Test
    void mailsAndPushesWaitForTheEndOfQuietHoursAndAreMerged() {
        router.type(INVOICE);
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));

        router.send(router.event("1").type("invoice.paid", 7).to("ada"));
        router.send(router.event("2").type("invoice.paid", 7).to("ada"));

        assertThat(router.deliveries(Channel.INAPP))
                .hasSize(2)
                .allMatch(delivery -> delivery.notification().silent());
        assertThat(router.told()).contains("ada email held quiet_hours", "ada push held quiet_hours");
        router.nothingMore();

        router.advance(Duration.ofMinutes(59));
        router.nothingMore();

        router.advance(Duration.ofMinutes(6));
        for (Channel channel : List.of(Channel.EMAIL, Channel.PUSH)) {
            List<Delivery> sent = router.deliveries(channel);
            assertThat(sent).hasSize(1);
            assertThat(sent.getFirst().items()).hasSize(2);
            assertThat(sent.getFirst().notification().content().title())
                    .isEqualTo("Invoice paid: 2 neue Benachrichtigungen");
        }
        assertThat(router.told())
                .containsExactlyInAnyOrder(
                        "ada email merged none",
                        "ada email merged none",
                        "ada email routed none",
                        "ada push merged none",
                        "ada push merged none",
                        "ada push routed none");
        router.nothingMore();
    }

    @Test
    void whoIsInSeveralAudiencesIsToldOnce() {
        router.join("team", "ada", 1, RouterDriver.START.minusSeconds(60));
        router.join("fans", "ada", 2, RouterDriver.START.minusSeconds(60));
        router.join("fans", "bob", 3, RouterDriver.START.minusSeconds(60));

        router.send(router.event("1").toAudiences("team", "fans").to("ada", "dan"));

        assertThat(router.deliveries(Channel.INAPP))
                .extracting(delivery -> delivery.recipient().value())
                .containsExactly("ada", "bob", "dan");
    }
}
