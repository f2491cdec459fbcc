package dev.carillon.ingest.ledger;

import static dev.carillon.ingest.ledger.TestLedger.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What recipients do is written where they did it. */
@ExtendWith(InfrastructureExtension.class)
class WriteMarksTest {
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private TestLedger ledger;

    @BeforeEach
    void open(TestDatabase database) {
        ledger = new TestLedger(database, clock);
    }

    @Test
    void aMailThatWasOpenedIsSeenAsAMailAndNotReadWithTheFeed() {
        EventUid mailed = ledger.say(Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null);
        ledger.say(mailed, Channel.INAPP, OutcomeState.SUPPRESSED, Reason.NOT_IN_TYPE, null);
        EventUid shown = ledger.say(Channel.INAPP, OutcomeState.ROUTED, Reason.NONE, null);
        clock.advance(Duration.ofMinutes(1));

        List<NotificationOutcome> news = ledger.mark(
                new Activity.Seen(ADA, List.of(id(mailed)), clock.instant(), Channel.EMAIL),
                new Activity.Seen(ADA, List.of(id(shown)), clock.instant()),
                new Activity.ReadAll(ADA, clock.instant(), clock.instant()));

        assertThat(news)
                .extracting(outcome ->
                        marked(outcome).channel() + " " + marked(outcome).state())
                .containsExactlyInAnyOrder("EMAIL SEEN", "INAPP SEEN", "INAPP READ");
        assertThat(ledger.states(mailed, Channel.EMAIL)).containsExactly(OutcomeState.SENT, OutcomeState.SEEN);
        assertThat(ledger.states(mailed, Channel.INAPP)).containsExactly(OutcomeState.SUPPRESSED);
        assertThat(ledger.states(shown, Channel.INAPP))
                .containsExactly(OutcomeState.ROUTED, OutcomeState.SEEN, OutcomeState.READ);
    }

    @Test
    void whatWasDismissedIsToldOnceAndOnlyOfTheFeed() {
        EventUid event = ledger.say(Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null);
        ledger.say(event, Channel.INAPP, OutcomeState.ROUTED, Reason.NONE, null);
        clock.advance(Duration.ofMinutes(1));
        Activity dismissed = new Activity.Dismissed(ADA, List.of(id(event)), clock.instant());

        assertThat(ledger.mark(dismissed, dismissed))
                .singleElement()
                .satisfies(outcome -> assertThat(marked(outcome).channel() + " "
                                + marked(outcome).state())
                        .isEqualTo("INAPP DISMISSED"));
        assertThat(ledger.states(event, Channel.INAPP)).containsExactly(OutcomeState.ROUTED, OutcomeState.DISMISSED);
        assertThat(ledger.states(event, Channel.EMAIL)).containsExactly(OutcomeState.SENT);
    }

    @Test
    void whatANewerOneReplacedInTheFeedIsNotReadWithTheRestOfIt() {
        EventUid event = ledger.say(Channel.INAPP, OutcomeState.ROUTED, Reason.NONE, null);
        clock.advance(Duration.ofMinutes(1));

        List<NotificationOutcome> news = ledger.mark(
                new Activity.Replaced(ADA, List.of(id(event)), clock.instant()),
                new Activity.ReadAll(ADA, clock.instant(), clock.instant()));

        assertThat(news)
                .singleElement()
                .satisfies(outcome -> assertThat(marked(outcome).state()).isEqualTo(OutcomeState.REPLACED));
        assertThat(ledger.states(event, Channel.INAPP)).containsExactly(OutcomeState.ROUTED, OutcomeState.REPLACED);
    }

    @Test
    void whatWasArchivedAndWhichMailStoppedItsTypeIsTold() {
        EventUid event = ledger.say(Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null);
        ledger.say(event, Channel.INAPP, OutcomeState.ROUTED, Reason.NONE, null);
        clock.advance(Duration.ofMinutes(1));

        List<NotificationOutcome> news = ledger.mark(
                new Activity.Archived(ADA, List.of(id(event)), clock.instant()),
                stopped(UnsubscribeScope.TYPE, "news", id(event)),
                stopped(UnsubscribeScope.ALL, null, null));

        assertThat(news)
                .extracting(outcome ->
                        marked(outcome).state() + " " + marked(outcome).detail())
                .containsExactly("ARCHIVED null", "UNSUBSCRIBED type news");
        assertThat(ledger.states(event, Channel.INAPP)).containsExactly(OutcomeState.ROUTED, OutcomeState.ARCHIVED);
        assertThat(ledger.states(event, Channel.EMAIL)).containsExactly(OutcomeState.SENT, OutcomeState.UNSUBSCRIBED);
    }

    /** Shown by a decision that a router never committed. Whoever takes it back for her says nothing of what she saw. */
    @Test
    void whatSheSawThoughItWasRefusedIsCountedOnce() {
        EventUid muted = ledger.say(Channel.INAPP, OutcomeState.SUPPRESSED, Reason.MUTED, null);
        EventUid dismissed = ledger.say(Channel.INAPP, OutcomeState.CANCELLED, Reason.CANCELLED, null);
        EventUid shown = ledger.say(Channel.INAPP, OutcomeState.ROUTED, Reason.NONE, null);
        EventUid held = ledger.say(Channel.INAPP, OutcomeState.HELD, Reason.BATCH, clock.instant());
        EventUid mailed = ledger.say(Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null);
        ledger.say(mailed, Channel.INAPP, OutcomeState.SUPPRESSED, Reason.NOT_IN_TYPE, null);
        clock.advance(Duration.ofMinutes(1));
        ledger.mark(
                new Activity.Dismissed(ADA, List.of(id(dismissed)), clock.instant()),
                new Activity.Read(ADA, List.of(id(shown), id(held)), clock.instant()),
                new Activity.Seen(ADA, List.of(id(mailed)), clock.instant(), Channel.EMAIL));
        assertThat(phantoms()).isZero();

        ledger.mark(
                new Activity.Seen(ADA, List.of(id(muted)), clock.instant()),
                new Activity.Read(ADA, List.of(id(muted)), clock.instant()));
        assertThat(phantoms()).isEqualTo(1);
    }

    private int phantoms() {
        return (int)
                ledger.registry.get(Metric.LEDGER_PHANTOMS.code()).counter().count();
    }

    private Activity stopped(UnsubscribeScope scope, @Nullable String name, @Nullable NotificationId notification) {
        return new Activity.Unsubscribed(ADA, Channel.EMAIL, scope, name, clock.instant(), notification);
    }

    private static ChannelOutcome marked(NotificationOutcome outcome) {
        return outcome.channels().getFirst();
    }

    private static NotificationId id(EventUid event) {
        return NotificationId.of(event, ADA);
    }
}
