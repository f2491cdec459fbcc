package dev.carillon.router.decision;

import static dev.carillon.router.decision.Cases.NOW;

import dev.carillon.router.decision.RecipientState.Jitter;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.TypeDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything that bears on a decision, in the order in which it is looked at; each can be put together with any other. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas keep nothing
enum Situation {
    CANCELLED("the event was cancelled", facts -> facts.cancelled = true),
    EXPIRED("the event has expired", facts -> facts.expiresAt = NOW),
    READ("she has read, clicked or dismissed it", facts -> facts.read = true),
    OWN_ACTION("she caused it, and was reached through an audience or broadcast only", facts -> facts.own = true),
    MUTED("it is muted without an end", facts -> facts.mutes = List.of(everything(null))),
    OFF("she switched the channel off (or the type, or the category)", facts -> facts.on = false),
    NOT_IN_TYPE("the channel is not among the type's", facts -> facts.channels = Set.of()),
    NO_ADDRESS("no mail address is known", facts -> facts.email = false),
    UNREACHABLE("her address is suppressed; she has no device", facts -> facts.unreachable = true),
    UNMET("a condition of the channel or its step is false", facts -> facts.unmet = true),
    NOT_NEEDED("an earlier step got through", facts -> facts.turn = new Turn.Never()),
    TURN("the turn of its step has not come", facts -> facts.turn = new Turn.At(NOW.plusSeconds(600))),
    FALLBACK("an earlier step may get through", facts -> facts.turn = new Turn.Fallback()),
    MUTED_UNTIL("it is muted until a time", facts -> facts.mutedUntil = NOW.plusSeconds(60)),
    SCHEDULED("its time of delivery has not come", facts -> facts.deliverAt = NOW.plusSeconds(60)),
    DIGEST("its type goes by digest, and she said nothing else", facts -> facts.digest = true),
    BATCH("its type is collected", facts -> facts.batch = true),
    QUIET("a quiet window is open, and it is not urgent", facts -> facts.quiet = true),
    CAP("she got as much as a cap allows", facts -> facts.cap = OverCap.DIGEST),
    CAP_DROPS("the same, and its type or the installation drops what is over it", facts -> facts.cap = OverCap.DROP);

    /** Of each of these sets only one can be so at a time; put together, the later one is. */
    private static final List<Set<Situation>> EXCLUSIVE =
            List.of(Set.of(NOT_NEEDED, TURN, FALLBACK), Set.of(CAP, CAP_DROPS));

    private final String words;
    private final Consumer<Facts> change;

    Situation(String words, Consumer<Facts> change) {
        this.words = words;
        this.change = change;
    }

    String words() {
        return words;
    }

    /** Whether {@code later} takes the place of this one where both are said. */
    boolean isReplacedBy(Situation later) {
        return EXCLUSIVE.stream().anyMatch(set -> set.contains(this) && set.contains(later));
    }

    /** What is decided on {@code channel} where this holds, and nothing else, of what has waited before. */
    Decision decideAgain(Channel channel, UnaryOperator<Passed> before) {
        Facts facts = new Facts();
        change.accept(facts);
        Candidate candidate = facts.candidate(false);
        Passed passed = before.apply(Passed.nothing(candidate, NOW));
        return Decide.decide(candidate, channel, facts.turn, facts.recipient(), passed, NOW);
    }

    /** What is decided on {@code channel} where all of {@code situations} hold, and nothing else. */
    static Decision decide(Channel channel, boolean critical, Situation... situations) {
        Facts facts = new Facts();
        for (Situation situation : situations) {
            situation.change.accept(facts);
        }
        Candidate candidate = facts.candidate(critical);
        Passed passed = Passed.nothing(candidate, NOW);
        return Decide.decide(candidate, channel, facts.turn, facts.recipient(), passed, NOW);
    }

    private static Mute everything(@Nullable Instant until) {
        return new Mute(Mute.Kind.EVERYTHING, null, null, until);
    }

    private static final class Facts {
        private boolean cancelled;
        private @Nullable Instant expiresAt;
        private boolean read;
        private boolean own;
        private List<Mute> mutes = List.of();
        private @Nullable Boolean on;
        private Set<Channel> channels = Set.of(Channel.values());
        private boolean email = true;
        private boolean unreachable;
        private boolean unmet;
        private Turn turn = Turn.NOW;
        private @Nullable Instant mutedUntil;
        private @Nullable Instant deliverAt;
        private boolean quiet;
        private boolean digest;
        private boolean batch;
        private @Nullable OverCap cap;

        Candidate candidate(boolean critical) {
            Map<Channel, Unmet> conditions = new EnumMap<>(Channel.class);
            for (Channel channel : Channel.values()) {
                if (unmet) {
                    conditions.put(channel, new Unmet(Reason.CONDITION_FALSE, "false"));
                }
            }
            return new Candidate(
                    NotificationId.of(EventUid.of("test", "1"), new RecipientId("ada")),
                    null,
                    deliverAt,
                    expiresAt,
                    "invoice",
                    "billing",
                    Priority.NORMAL,
                    channels,
                    critical,
                    own,
                    cancelled,
                    About.nothing(),
                    conditions,
                    pacing());
        }

        private Pacing pacing() {
            Map<Channel, Pacing.Collecting> batches = new EnumMap<>(Channel.class);
            for (Channel channel : Channel.values()) {
                if (batch) {
                    batches.put(channel, new Pacing.Collecting(Cases.batch(channel), ""));
                }
            }
            TypeDigest byDigest = digest ? new TypeDigest(Set.of(Channel.values()), null) : null;
            List<Cap> caps = cap == null ? List.of() : List.of(new Cap(null, null, 1, Cap.Period.DAY));
            return new Pacing(batches, byDigest, caps, cap == null ? OverCap.DIGEST : cap, false);
        }

        RecipientState recipient() {
            List<QuietWindow> windows = quiet ? List.of(Cases.everyDay("09:00", "11:00")) : List.of();
            Preferences preferences = new Preferences(
                            new ChannelSwitches(on, on, on), Map.of(), Map.of(), windows, null, mutedUntil)
                    .withMutes(mutes);
            Map<Channel, Boolean> reachable =
                    unreachable ? Map.of(Channel.EMAIL, false, Channel.PUSH, false) : Map.of();
            return new RecipientState(
                    preferences,
                    Cases.UTC,
                    email,
                    reachable,
                    ignored -> read,
                    new Jitter(0, Duration.ZERO),
                    Cases.got(1));
        }
    }
}
