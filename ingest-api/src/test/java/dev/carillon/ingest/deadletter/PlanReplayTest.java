package dev.carillon.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.deadletter.LetterRow.FailedRecord;
import dev.carillon.ingest.recipient.Addresses;
import dev.carillon.platform.control.Cancellations;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Letters of the router, whose records are events for whomever they name. Those of channels are in the test of the API. */
class PlanReplayTest {
    private static final EventUid EVENT = EventUid.of("billing", "inv-1");
    private static final RecipientId ADA = new RecipientId("ada");
    private static final RecipientId BOB = new RecipientId("bob");

    private final Topics topics = new Topics(TopicSettings.defaults());
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final Cancellations cancelled = new Cancellations();
    /** None of these looks up an address. */
    private final PlanReplay plan = new PlanReplay(
            topics, Addresses.of(JdbcClient.create(new DriverManagerDataSource())), () -> cancelled, clock);

    @Test
    void anEventThatExpiredIsNotDecidedAnyMore() {
        Instant now = clock.instant();

        assertThat(plan.of(letter(now, Targets.ofRecipients(List.of(ADA)))))
                .isEqualTo(new Plan.Obsolete(Plan.Why.EXPIRED));
        assertThat(plan.of(letter(now.plusMillis(1), Targets.ofRecipients(List.of(ADA)))))
                .isInstanceOf(Plan.Send.class);
    }

    @Test
    void anEventThatWasCancelledForAllWhomItNamesIsNotDecidedAnyMore() {
        cancel(ADA);
        assertThat(plan.of(letter(null, Targets.ofRecipients(List.of(ADA, BOB)))))
                .as("it is still for Bob")
                .isInstanceOf(Plan.Send.class);
        assertThat(plan.of(letter(null, Targets.ofRecipients(List.of(ADA)))))
                .isEqualTo(new Plan.Obsolete(Plan.Why.CANCELLED));

        cancel(BOB);
        assertThat(plan.of(letter(null, Targets.ofRecipients(List.of(ADA, BOB)))))
                .isEqualTo(new Plan.Obsolete(Plan.Why.CANCELLED));
    }

    @Test
    void forWhomAnAudienceStandsTheRouterFindsOut() {
        cancel();
        List<AudienceId> team = List.of(new AudienceId("team"));

        assertThat(plan.of(letter(null, new Targets(List.of(ADA), team, false, List.of(), List.of(), List.of()))))
                .isInstanceOf(Plan.Send.class);
        assertThat(plan.of(letter(null, Targets.ofRecipients(List.of(ADA)))))
                .isEqualTo(new Plan.Obsolete(Plan.Why.CANCELLED));
    }

    @Test
    void whatComesFromATopicThatIsNotThereAnyMoreStaysALetter() {
        byte[] record = Json.write(
                new IntakeRecord.RouteEvent(event(null), Targets.ofRecipients(List.of(ADA)), Lane.DIRECT, null));

        assertThat(plan.of(letter("former.intake", record))).isEqualTo(new Plan.Impossible(Plan.Why.UNKNOWN_TOPIC));
    }

    private void cancel(RecipientId... recipients) {
        cancelled.add(new Control.Cancel(EVENT, List.of(recipients), clock.instant()), clock.instant());
        clock.advance(Duration.ofSeconds(1));
    }

    private LetterRow letter(@Nullable Instant expiresAt, Targets targets) {
        byte[] record = Json.write(new IntakeRecord.RouteEvent(event(expiresAt), targets, Lane.DIRECT, null));
        return letter(topics.intake(Lane.DIRECT).name(), record);
    }

    private LetterRow letter(String topic, byte[] record) {
        return StoredLetters.open(
                Service.ROUTER_STREAM.code(),
                "internal_error",
                clock.instant(),
                new FailedRecord(topic, 0, 1, null, record, List.of()));
    }

    private Event event(@Nullable Instant expiresAt) {
        return new Event(
                EVENT,
                "billing",
                "inv-1",
                "invoice.paid",
                0,
                Instant.parse("2026-11-20T09:00:00Z"),
                null,
                Content.of("Paid", "its body"),
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                expiresAt);
    }
}
