package dev.carillon.guarantees.promise;

import static dev.carillon.guarantees.promise.Observations.ADA;
import static dev.carillon.guarantees.promise.Observations.accepted;
import static dev.carillon.guarantees.promise.Observations.broken;
import static dev.carillon.guarantees.promise.Observations.mailed;
import static dev.carillon.guarantees.promise.Observations.merged;
import static dev.carillon.guarantees.promise.Observations.outcome;
import static dev.carillon.guarantees.promise.Observations.pushed;
import static dev.carillon.guarantees.promise.Observations.row;
import static dev.carillon.guarantees.promise.Observations.shown;
import static dev.carillon.guarantees.promise.Observations.stored;
import static dev.carillon.guarantees.promise.Observations.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Events that are no plain news, with what is promised of them kept and broken. */
class NatureTest {

    private static final Set<Channel> ALL = EnumSet.allOf(Channel.class);
    private static final Set<Channel> PROVIDED = EnumSet.of(Channel.EMAIL, Channel.PUSH);
    private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");

    private final List<Consumer<Guarantee>> seen = new ArrayList<>();

    @Test
    void whatIsToldLaterIsOutOfOrder() {
        Accepted later = accepted("k1", 1, new Nature.Later(TIME));
        Accepted next = accepted("k2", 2);
        arrived(next, TIME);
        arrived(later, TIME);
        seen.add(stored(row(later, false), row(next, false)));
        assertThat(broken(seen)).isEmpty();
    }

    @Test
    void whatIsToldBeforeItsTimeIsTooEarly() {
        Accepted later = accepted("k1", 1, new Nature.Later(TIME));
        arrived(later, TIME.minusMillis(1));
        seen.add(stored(row(later, false)));
        assertThat(broken(seen)).containsOnlyKeys("NothingTooEarly");
    }

    @Test
    void onlyTheMailOfAnEscalationIsTooEarly() {
        Accepted event = accepted("k1", 1, new Nature.Escalating(TIME));
        seen.add(told(event));
        seen.add(outcome(event, TIME.minusMillis(1), OutcomeState.ROUTED, Reason.NONE, EnumSet.of(Channel.INAPP)));
        assertThat(broken(seen, new NothingTooEarly())).isEmpty();
        seen.add(outcome(event, TIME.minusMillis(1), OutcomeState.ROUTED, Reason.NONE, EnumSet.of(Channel.EMAIL)));
        assertThat(broken(seen, new NothingTooEarly())).containsOnlyKeys("NothingTooEarly");
    }

    @Test
    void whatIsTakenBackNeedNotArrive() {
        Accepted event = cancelled();
        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, ALL));
        seen.add(stored());
        assertThat(broken(seen)).isEmpty();
    }

    @Test
    void whatAWorkerTakesBackNeedNotArrive() {
        Accepted event = cancelled();
        seen.add(outcome(event, TIME, OutcomeState.ROUTED, Reason.NONE, ALL));
        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, ALL));
        seen.add(stored());
        assertThat(broken(seen)).isEmpty();
    }

    @Test
    void whatAWorkerTakesOutOfAMergedMailNeedNotArrive() {
        Accepted event = cancelled();
        Accepted other = accepted("k2", 2);
        Accepted together = accepted("together", 3);
        Set<Channel> mail = EnumSet.of(Channel.EMAIL);
        seen.add(told(other));
        for (Accepted one : List.of(event, other)) {
            seen.add(outcome(one, TIME, OutcomeState.ROUTED, Reason.NONE, EnumSet.of(Channel.INAPP, Channel.PUSH)));
            seen.add(outcome(one, TIME, OutcomeState.SENT, Reason.NONE, EnumSet.of(Channel.PUSH)));
            seen.add(merged(one, together, TIME));
            seen.addAll(List.of(shown(one), pushed(one)));
        }
        seen.add(outcome(together, TIME, OutcomeState.ROUTED, Reason.NONE, mail));
        seen.add(outcome(together, TIME, OutcomeState.SENT, Reason.NONE, mail));
        seen.add(mailed(other));
        seen.add(stored(row(other, false), row(event, false)));
        assertThat(broken(seen)).containsOnlyKeys("NothingLost");

        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, mail));
        assertThat(broken(seen)).isEmpty();
    }

    @Test
    void whatIsCancelledAndNeitherToldNorTakenBackIsLost() {
        var _ = cancelled();
        seen.add(stored());
        assertThat(broken(seen)).containsOnlyKeys("NothingLost", "NothingVanishes");
    }

    @Test
    void aMailThatIsTakenBackMustNotArrive() {
        Accepted event = cancelled();
        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, ALL));
        seen.add(mailed(event));
        assertThat(broken(seen)).containsOnlyKeys("ToldOrTakenBack");
        assertThat(broken(seen, new ToldOrTakenBack(1, 0))).isEmpty();
        assertThat(broken(seen, new ToldOrTakenBack(0, 1))).containsOnlyKeys("ToldOrTakenBack");
    }

    @Test
    void aPushThatIsTakenBackMustNotArrive() {
        Accepted event = cancelled();
        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, ALL));
        seen.add(pushed(event));
        assertThat(broken(seen)).containsOnlyKeys("ToldOrTakenBack");
    }

    @Test
    void aRowThatIsTakenBackMayOnlyBeThereByADecisionThatWasNotCommitted() {
        Accepted event = cancelled();
        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, ALL));
        seen.add(stored(row(event, false)));
        assertThat(broken(seen)).containsOnlyKeys("ToldOrTakenBack");
        seen.add(guarantee -> guarantee.drafted(outcome(event, TIME, ALL, OutcomeState.ROUTED, Reason.NONE)));
        assertThat(broken(seen)).isEmpty();
    }

    @Test
    void aRowThatItsWorkerTookBackMustNotBeThere() {
        Accepted event = cancelled();
        seen.add(outcome(event, TIME, OutcomeState.ROUTED, Reason.NONE, ALL));
        seen.add(guarantee -> guarantee.drafted(outcome(event, TIME, ALL, OutcomeState.ROUTED, Reason.NONE)));
        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, ALL));
        seen.add(stored(row(event, false)));
        assertThat(broken(seen)).containsOnlyKeys("ToldOrTakenBack");
    }

    @Test
    void nothingIsTakenBackThatNobodyCancelled() {
        Accepted event = accepted("k1", 1, new Nature.Later(TIME));
        seen.add(told(event));
        seen.add(outcome(event, TIME, OutcomeState.CANCELLED, Reason.CANCELLED, ALL));
        seen.add(stored());
        assertThat(broken(seen)).containsOnlyKeys("NothingLost", "ToldOrTakenBack");
    }

    @Test
    void ofAGroupTheNewestIsThere() {
        Accepted first = accepted("k1", 1, new Nature.Grouped("job"));
        Accepted second = accepted("k2", 2, new Nature.Grouped("job"));
        arrived(first, TIME);
        arrived(second, TIME);
        seen.add(guarantee -> guarantee.marked(new Marked(ADA, first.notification(ADA), Marked.Kind.READ, true)));
        List<Consumer<Guarantee>> before = List.copyOf(seen);

        seen.add(stored(row(second, false)));
        assertThat(broken(seen)).isEmpty();

        seen.clear();
        seen.addAll(before);
        seen.add(stored(row(second, false), row(first, true)));
        assertThat(broken(seen)).containsOnlyKeys("NewestOfGroup");

        seen.clear();
        seen.addAll(before);
        seen.add(stored(row(first, true)));
        assertThat(broken(seen)).containsOnlyKeys("NewestOfGroup", "NothingLost", "NothingVanishes");
    }

    @Test
    void whatIsReadStaysAlsoInAnotherGroup() {
        Accepted first = accepted("k1", 1, new Nature.Grouped("job"));
        Accepted other = accepted("k2", 2, new Nature.Grouped("another"));
        seen.add(told(first));
        seen.add(told(other));
        seen.add(guarantee -> guarantee.marked(new Marked(ADA, first.notification(ADA), Marked.Kind.READ, true)));
        seen.add(stored(row(other, false)));
        assertThat(broken(seen, new MarksStay())).containsOnlyKeys("MarksStay");
    }

    @Test
    void aMailBeyondAFullCapNeedNotArrive() {
        offers(Observations.CAP, TIME);
        dropped(TIME.plusSeconds(1));
        assertThat(broken(seen, new NothingLost(Set.of(), Set.of()), within())).isEmpty();
    }

    @Test
    void aMailIsDroppedOnlyWhereTheCapIsFull() {
        offers(Observations.CAP - 1, TIME);
        dropped(TIME.plusSeconds(1));
        assertThat(broken(seen, within())).containsOnlyKeys("WithinCap");
    }

    @Test
    void aMailIsNotDroppedForWhatIsTooLongAgo() {
        offers(Observations.CAP, TIME);
        dropped(TIME.plus(Observations.LOOK_BACK));
        assertThat(broken(seen, within())).containsOnlyKeys("WithinCap");
    }

    @Test
    void oneMailTooManyIsBeyondTheCap() {
        offers(Observations.CAP + 1, TIME);
        assertThat(broken(seen, within())).containsOnlyKeys("WithinCap");
    }

    @Test
    void aPlainMailIsNotExcusedByACap() {
        Accepted event = accepted("k9", 9);
        seen.add(told(event));
        seen.add(outcome(event, TIME, OutcomeState.SUPPRESSED, Reason.FREQUENCY_CAP, PROVIDED));
        seen.add(stored(row(event, false)));
        assertThat(broken(seen, new NothingLost(Set.of(), Set.of()))).containsOnlyKeys("NothingLost");
    }

    private static WithinCap within() {
        return new WithinCap(Observations.CAP, Observations.LOOK_BACK);
    }

    private void offers(int count, Instant at) {
        for (int i = 0; i < count; i++) {
            arrived(accepted("k" + i, i, new Nature.Capped()), at);
        }
        seen.add(guarantee -> {
            for (int i = 0; i < count; i++) {
                guarantee.stored(ADA, List.of(row(accepted("k" + i, i), false)));
            }
        });
    }

    private void dropped(Instant at) {
        Accepted event = accepted("k9", 9, new Nature.Capped());
        seen.add(told(event));
        seen.add(outcome(event, at, OutcomeState.SUPPRESSED, Reason.FREQUENCY_CAP, EnumSet.of(Channel.EMAIL)));
        seen.add(pushed(event));
        seen.add(stored(row(event, false)));
    }

    private Accepted cancelled() {
        Accepted event = accepted("k1", 1, new Nature.Later(TIME));
        seen.add(told(event));
        seen.add(guarantee -> guarantee.takenBack(new TakenBack(event, Set.of(ADA))));
        return event;
    }

    private void arrived(Accepted event, Instant at) {
        seen.addAll(List.of(
                told(event),
                outcome(event, at, OutcomeState.ROUTED, Reason.NONE, ALL),
                shown(event),
                mailed(event),
                pushed(event),
                outcome(event, at, OutcomeState.SENT, Reason.NONE, PROVIDED)));
    }
}
