package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What guarantees are told of events for Ada, and all guarantees held against it. */
final class Observations {

    static final String ADA = "ada";
    static final int CAP = 2;
    static final Duration LOOK_BACK = Duration.ofHours(1);

    private Observations() {}

    /** The broken ones, of all where none are named. */
    static Map<String, List<String>> broken(List<Consumer<Guarantee>> told, Guarantee... some) {
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
                new MarksStay(),
                new ToldOrTakenBack(0, 0),
                new NothingTooEarly(),
                new NewestOfGroup(),
                new WithinCap(CAP, LOOK_BACK));
    }

    static Accepted accepted(String token, long turn) {
        return accepted(token, turn, new Nature.Plain());
    }

    static Accepted accepted(String token, long turn, Nature nature) {
        return new Accepted(
                EventUid.of("test", token), token, turn, Map.of(ADA, EnumSet.allOf(Channel.class)), Map.of(), nature);
    }

    static Consumer<Guarantee> told(Accepted event) {
        return guarantee -> guarantee.accepted(event);
    }

    static Consumer<Guarantee> shown(Accepted event) {
        return guarantee -> guarantee.shown(new Shown(ADA, event.notification(ADA), "rev", event.token()));
    }

    static Consumer<Guarantee> mailed(Accepted event) {
        return guarantee -> guarantee.mailed(new Mailed(ADA, "<" + event.token() + ">", Set.of(event.token())));
    }

    static Consumer<Guarantee> pushed(Accepted event) {
        String id = event.notification(ADA).toString();
        return guarantee -> guarantee.pushed(new Pushed(ADA, id, id, "topic", Set.of(event.token())));
    }

    static Consumer<Guarantee> routed(Accepted event) {
        return outcome(event, Instant.EPOCH, OutcomeState.ROUTED, Reason.NONE, EnumSet.allOf(Channel.class));
    }

    static Consumer<Guarantee> sent(Accepted event, OutcomeState state) {
        return outcome(event, Instant.EPOCH, state, Reason.NONE, EnumSet.of(Channel.EMAIL, Channel.PUSH));
    }

    static Consumer<Guarantee> outcome(
            Accepted event, Instant at, OutcomeState state, Reason reason, Set<Channel> channels) {
        NotificationOutcome outcome = outcome(event, at, channels, state, reason);
        return guarantee -> guarantee.told(outcome);
    }

    static NotificationOutcome outcome(
            Accepted event, Instant at, Set<Channel> channels, OutcomeState state, Reason reason) {
        return new NotificationOutcome(
                event.notification(ADA),
                event.uid(),
                new RecipientId(ADA),
                at,
                channels.stream()
                        .map(channel -> ChannelOutcome.of(channel, state, reason))
                        .toList());
    }

    /** Its mail goes out with others, as what is called {@code into}. */
    static Consumer<Guarantee> merged(Accepted event, Accepted into, Instant at) {
        ChannelOutcome merged = new ChannelOutcome(
                Channel.EMAIL,
                OutcomeState.MERGED,
                Reason.NONE,
                into.notification(ADA).toString(),
                null,
                0);
        NotificationOutcome outcome = new NotificationOutcome(
                event.notification(ADA), event.uid(), new RecipientId(ADA), at, List.of(merged));
        return guarantee -> guarantee.told(outcome);
    }

    static Stored row(Accepted event, boolean read) {
        return new Stored(event.notification(ADA), event.token(), read);
    }

    static Consumer<Guarantee> stored(Stored... rows) {
        return guarantee -> guarantee.stored(ADA, List.of(rows));
    }
}
