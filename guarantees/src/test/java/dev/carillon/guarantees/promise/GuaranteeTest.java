package dev.carillon.guarantees.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two events for Ada, kept in every way; then one thing is changed, and the guarantee that watches it must be broken. */
class GuaranteeTest {

    private static final String ADA = "ada";
    private static final Accepted FIRST = accepted("k1", 1);
    private static final Accepted SECOND = accepted("k2", 2);

    private final List<Consumer<Guarantee>> told = new ArrayList<>(List.of(
            guarantee -> guarantee.accepted(FIRST),
            guarantee -> guarantee.accepted(SECOND),
            shown(FIRST),
            shown(FIRST),
            shown(SECOND),
            mailed(FIRST),
            mailed(SECOND),
            pushed(FIRST),
            pushed(SECOND),
            routed(FIRST),
            routed(SECOND),
            sent(FIRST, OutcomeState.SENT),
            sent(SECOND, OutcomeState.SENT),
            guarantee -> guarantee.marked(new Marked(ADA, FIRST.notification(ADA), Marked.Kind.READ, true)),
            stored(row(SECOND, false), row(FIRST, true))));

    @Test
    void allHoldWhenEverythingArrivedOnce() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void aDroppedMailIsLost() {
        without(5);
        assertThat(broken()).containsOnlyKeys("NothingLost");
    }

    @Test
    void aDroppedPushIsLost() {
        without(8);
        assertThat(broken()).containsOnlyKeys("NothingLost");
    }

    @Test
    void aRowThatIsGoneIsLost() {
        without(14);
        add(stored(row(FIRST, true)));
        assertThat(broken()).containsKeys("NothingLost", "NothingVanishes");
    }

    @Test
    void whatAWatcherDidNotSeeIsLost() {
        without(4);
        assertThat(broken()).containsOnlyKeys("NothingLost");
    }

    @Test
    void aSecondRowIsShownTwice() {
        without(14);
        Stored copy = new Stored(new NotificationId(UUID.randomUUID()), "k1", true);
        add(stored(row(SECOND, false), row(FIRST, true), copy));
        assertThat(broken()).containsOnlyKeys("NothingShownTwice");
    }

    @Test
    void anotherRevisionIsShownTwice() {
        add(guarantee -> guarantee.shown(new Shown(ADA, FIRST.notification(ADA), "other", "k1")));
        assertThat(broken()).containsKey("NothingShownTwice");
    }

    @Test
    void aFeedInAnotherOrderIsOutOfOrder() {
        without(14);
        add(stored(row(FIRST, true), row(SECOND, false)));
        assertThat(broken()).containsOnlyKeys("InOrder");
    }

    @Test
    void aStreamInAnotherOrderIsOutOfOrder() {
        without(3);
        without(2);
        add(shown(FIRST));
        assertThat(broken()).containsOnlyKeys("InOrder");
    }

    @Test
    void aMailThatNothingInFlightExplainsIsDoubled() {
        add(mailed(FIRST));
        assertThat(broken()).containsOnlyKeys("AtMostDoubled");
    }

    @Test
    void aPushThatNothingInFlightExplainsIsDoubled() {
        add(pushed(FIRST));
        assertThat(broken()).containsOnlyKeys("AtMostDoubled");
    }

    @Test
    void theThirdCopyOfAMailIsNeverExplained() {
        add(mailed(FIRST));
        assertThat(broken(new AtMostDoubled(10, 10))).isEmpty();
        add(mailed(FIRST));
        assertThat(broken(new AtMostDoubled(10, 10))).containsOnlyKeys("AtMostDoubled");
    }

    @Test
    void anotherMailAboutTheSameEventIsNeverExplained() {
        add(guarantee -> guarantee.mailed(new Mailed(ADA, "<other>", Set.of("k1"))));
        assertThat(broken(new AtMostDoubled(10, 10))).containsOnlyKeys("AtMostDoubled");
    }

    @Test
    void aSecondDecisionDoesNotAddUp() {
        add(routed(FIRST));
        assertThat(broken()).containsOnlyKeys("NothingVanishes");
    }

    @Test
    void aDeliveryWithoutAnEndDoesNotAddUp() {
        without(12);
        assertThat(broken()).containsOnlyKeys("NothingVanishes");
    }

    @Test
    void twoEndsContradictEachOther() {
        add(sent(FIRST, OutcomeState.DEAD));
        assertThat(broken()).containsOnlyKeys("NothingVanishes");
    }

    @Test
    void whatNobodyAcceptedIsUninvited() {
        without(1);
        assertThat(broken()).containsKeys("NothingUninvited", "NothingVanishes");
    }

    @Test
    void whatIsUnreadAgainDidNotStay() {
        without(14);
        add(stored(row(SECOND, false), row(FIRST, false)));
        assertThat(broken()).containsOnlyKeys("MarksStay");
    }

    @Test
    void whatWasDismissedStaysAway() {
        add(guarantee -> guarantee.marked(new Marked(ADA, FIRST.notification(ADA), Marked.Kind.DISMISSED, true)));
        assertThat(broken()).containsOnlyKeys("MarksStay");
    }

    @Test
    void onlyAnAcceptedDeathExcusesAMail() {
        without(5);
        add(sent(FIRST, OutcomeState.DEAD));
        assertThat(broken(new NothingLost(Set.of(), Set.of(Reason.NONE)))).isEmpty();
        assertThat(broken(new NothingLost(Set.of(), Set.of(Reason.REJECTED)))).containsOnlyKeys("NothingLost");
    }

    private Map<String, List<String>> broken(Guarantee... some) {
        Evidence evidence = new Evidence();
        told.forEach(evidence::add);
        return evidence.broken(some.length > 0 ? Arrays.asList(some) : all());
    }

    private static List<Guarantee> all() {
        return List.of(
                new NothingLost(Set.of(ADA), Set.of()),
                new NothingShownTwice(),
                new InOrder(),
                new AtMostDoubled(0, 0),
                new NothingVanishes(),
                new NothingUninvited(),
                new MarksStay());
    }

    private void without(int index) {
        told.remove(index);
    }

    private void add(Consumer<Guarantee> observation) {
        told.add(observation);
    }

    private static Accepted accepted(String token, long turn) {
        return new Accepted("test", token, turn, Map.of(ADA, EnumSet.allOf(Channel.class)), Map.of());
    }

    private static Consumer<Guarantee> shown(Accepted event) {
        return guarantee -> guarantee.shown(new Shown(ADA, event.notification(ADA), "rev", event.token()));
    }

    private static Consumer<Guarantee> mailed(Accepted event) {
        return guarantee -> guarantee.mailed(new Mailed(ADA, "<" + event.token() + ">", Set.of(event.token())));
    }

    private static Consumer<Guarantee> pushed(Accepted event) {
        String id = event.notification(ADA).toString();
        return guarantee -> guarantee.pushed(new Pushed(ADA, id, id, "topic", Set.of(event.token())));
    }

    private static Consumer<Guarantee> routed(Accepted event) {
        return outcome(event, OutcomeState.ROUTED, EnumSet.allOf(Channel.class));
    }

    private static Consumer<Guarantee> sent(Accepted event, OutcomeState state) {
        return outcome(event, state, EnumSet.of(Channel.EMAIL, Channel.PUSH));
    }

    private static Consumer<Guarantee> outcome(Accepted event, OutcomeState state, Set<Channel> channels) {
        NotificationOutcome outcome = new NotificationOutcome(
                event.notification(ADA),
                EventUid.of(event.source(), event.token()),
                new RecipientId(ADA),
                Instant.EPOCH,
                channels.stream()
                        .map(channel -> ChannelOutcome.of(channel, state, Reason.NONE))
                        .toList());
        return guarantee -> guarantee.told(outcome);
    }

    private static Stored row(Accepted event, boolean read) {
        return new Stored(event.notification(ADA), event.token(), read);
    }

    private static Consumer<Guarantee> stored(Stored... rows) {
        return guarantee -> guarantee.stored(ADA, List.of(rows));
    }
}
