package dev.carillon.guarantees.promise;

import static dev.carillon.guarantees.promise.Observations.ADA;
import static dev.carillon.guarantees.promise.Observations.accepted;
import static dev.carillon.guarantees.promise.Observations.mailed;
import static dev.carillon.guarantees.promise.Observations.pushed;
import static dev.carillon.guarantees.promise.Observations.routed;
import static dev.carillon.guarantees.promise.Observations.row;
import static dev.carillon.guarantees.promise.Observations.sent;
import static dev.carillon.guarantees.promise.Observations.shown;
import static dev.carillon.guarantees.promise.Observations.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two events for Ada, kept in every way; then one thing is changed, and the guarantee that watches it must be broken. */
class GuaranteeTest {

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
        return Observations.broken(told, some);
    }

    private void without(int index) {
        told.remove(index);
    }

    private void add(Consumer<Guarantee> observation) {
        told.add(observation);
    }
}
