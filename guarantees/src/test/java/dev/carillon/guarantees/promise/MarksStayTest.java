package dev.carillon.guarantees.promise;

import static dev.carillon.guarantees.promise.Observations.ADA;
import static dev.carillon.guarantees.promise.Observations.accepted;
import static dev.carillon.guarantees.promise.Observations.broken;
import static dev.carillon.guarantees.promise.Observations.stored;
import static dev.carillon.guarantees.promise.Observations.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a reader does with one notification, and how her feed has it in the end. */
class MarksStayTest {

    private static final Accepted EVENT = accepted("k1", 1);

    private static final ChannelOutcome ALREADY_READ =
            ChannelOutcome.of(Channel.EMAIL, OutcomeState.SUPPRESSED, Reason.ALREADY_READ);

    private final List<Consumer<Guarantee>> seen = new ArrayList<>(List.of(told(EVENT)));

    @Test
    void whatIsReadAndUnreadAgainIsUnread() {
        asks(Marked.Kind.READ, true);
        asks(Marked.Kind.UNREAD, true);
        assertThat(brokenWith(row(false, false, false))).isEmpty();
        assertThat(brokenWith(row(true, false, false))).containsExactly("MarksStay");
    }

    @Test
    void whatWasNotAnsweredMayHaveHappenedLate() {
        asks(Marked.Kind.UNREAD, false);
        asks(Marked.Kind.READ, true);
        assertThat(brokenWith(row(false, false, false))).isEmpty();
        assertThat(brokenWith(row(true, false, false))).isEmpty();
    }

    @Test
    void whatIsArchivedIsInTheArchive() {
        asks(Marked.Kind.ARCHIVED, true);
        assertThat(brokenWith(row(false, true, false))).isEmpty();
        assertThat(brokenWith(row(false, false, false))).containsExactly("MarksStay");
        asks(Marked.Kind.UNARCHIVED, true);
        assertThat(brokenWith(row(false, false, false))).isEmpty();
        assertThat(brokenWith(row(false, true, false))).containsExactly("MarksStay");
    }

    @Test
    void whatIsSnoozedComesBackUnread() {
        asks(Marked.Kind.SNOOZED, true);
        assertThat(brokenWith(row(false, false, true))).isEmpty();
        assertThat(brokenWith(row(true, false, true))).containsExactly("MarksStay");
        assertThat(brokenWith()).containsExactly("MarksStay");
    }

    @Test
    void onlyReadingAndDismissingExcuseAMail() {
        Excuse excuse = new Excuse(Set.of());
        excuse.marked(new Marked(ADA, EVENT.notification(ADA), Marked.Kind.ARCHIVED, true));
        assertThat(excuse.covers(EVENT.notification(ADA), ALREADY_READ)).isFalse();
        excuse.marked(new Marked(ADA, EVENT.notification(ADA), Marked.Kind.READ, true));
        assertThat(excuse.covers(EVENT.notification(ADA), ALREADY_READ)).isTrue();
    }

    @Test
    void whatIsArchivedOrWasSnoozedStandsWhereItStands() {
        Accepted next = accepted("k2", 2);
        Stored first = new Stored(next.notification(ADA), "k2", false);
        seen.add(told(next));
        for (Stored last : List.of(row(false, true, false), row(false, false, true))) {
            assertThat(in(stored(last, first), new InOrder())).isEmpty();
        }
        assertThat(in(stored(row(false, false, false), first), new InOrder())).containsExactly("InOrder");
    }

    private Set<String> brokenWith(Stored... rows) {
        return in(stored(rows), new MarksStay());
    }

    private Set<String> in(Consumer<Guarantee> feed, Guarantee guarantee) {
        List<Consumer<Guarantee>> all = new ArrayList<>(seen);
        all.add(feed);
        return broken(all, guarantee).keySet();
    }

    private void asks(Marked.Kind kind, boolean answered) {
        seen.add(guarantee -> guarantee.marked(new Marked(ADA, EVENT.notification(ADA), kind, answered)));
    }

    private static Stored row(boolean read, boolean archived, boolean woken) {
        return new Stored(EVENT.notification(ADA), "k1", read, archived, woken);
    }
}
