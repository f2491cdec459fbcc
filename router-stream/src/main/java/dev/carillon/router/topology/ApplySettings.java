package dev.carillon.router.topology;

import dev.carillon.router.hold.Erasures;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.Holds;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes over changed profiles and memberships, whichever way they come first. */
final class ApplySettings {
    private final PartitionState partition;
    private final Outbox outbox;

    ApplySettings(PartitionState partition, Outbox outbox) {
        this.partition = partition;
        this.outbox = outbox;
    }

    /** A record of {@code recipients}. */
    void recipient(Input input, Instant now) {
        byte[] value = input.value();
        if (value == null) {
            delete(new RecipientId(key(input)), version(input), now);
        } else {
            profile(Json.read(value, RecipientProfile.class), now);
        }
    }

    /** A record of {@code audience-members}. */
    void member(Input input, Instant now) {
        byte[] value = input.value();
        if (value == null) {
            String[] ids = key(input).split("\0", 2);
            if (ids.length != 2) {
                throw new MalformedRecordException("a key of audience, 0x00 and recipient expected", null);
            }
            membership(new Membership(new AudienceId(ids[0]), new RecipientId(ids[1]), version(input), false, now));
        } else {
            membership(Json.read(value, Membership.class));
        }
    }

    void membership(Membership membership) {
        Erasures erasures = partition.erasures();
        if (erasures.voids(membership.recipient(), membership.version())) {
            return;
        }
        boolean changed = partition.members().accept(membership);
        if (changed && !membership.member() && erasures.knows(membership.recipient())) {
            partition.members().forget(membership);
        }
    }

    /**
     * What waits for the end of a mute or quiet window, or for a digest, is decided again where she changed her mind. The
     * window of a batch is its type's and runs on; at its end the preferences count as they are then.
     */
    void profile(RecipientProfile profile, Instant now) {
        if (partition.erasures().voids(profile.recipient(), profile.version())) {
            return;
        }
        RecipientProfile known = partition.profiles().find(profile.recipient());
        if (partition.profiles().accept(profile)) {
            Preferences before = known == null ? Preferences.defaults() : known.preferences();
            partition
                    .holds()
                    .wake(profile.recipient(), slot -> isToBeDecidedAgain(slot, before, profile.preferences()), now);
        }
    }

    /** Forgets a recipient: her profile, what she has read, and all that waits for her. */
    void delete(RecipientId recipient, long version, Instant now) {
        if (partition.erasures().knows(recipient)) {
            erased(recipient, version, now);
        } else if (partition.profiles().delete(recipient, version, now)) {
            boolean _ = partition.memories().forget(recipient);
            Holds.Removal removal = partition.holds().removeAll(recipient);
            removal.items()
                    .forEach(one ->
                            cancelled(recipient, one.channel(), one.item().event(), now));
            removal.counted()
                    .forEach(one ->
                            cancelled(recipient, one.channel(), one.counted().event(), now));
        }
    }

    /** No marker says who was deleted: what is older than the erasure is void without one. */
    private void erased(RecipientId recipient, long version, Instant now) {
        if (!partition.erasures().voids(recipient, version)
                && partition.profiles().delete(recipient, version, now)) {
            boolean _ = partition.profiles().forget(recipient);
            boolean _ = partition.memories().forget(recipient);
        }
    }

    private void cancelled(RecipientId recipient, Channel channel, EventUid event, Instant now) {
        var outcome = ChannelOutcome.of(channel, OutcomeState.CANCELLED, Reason.NONE);
        outbox.outcome(Outcomes.of(event, recipient, now, List.of(outcome)));
    }

    private static boolean isToBeDecidedAgain(HeldSlot slot, Preferences before, Preferences after) {
        return switch (slot.kind()) {
            case SINGLE -> !new Waits(before).equals(new Waits(after));
            case QUIET, DIGEST -> !before.equals(after);
            case BATCH -> false;
        };
    }

    /** A tombstone says at which version it deletes: without that it could undo what came after it. */
    private static long version(Input input) {
        String text = input.version();
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedRecordException("a version in decimal digits expected: " + text, e);
        }
    }

    private static String key(Input input) {
        byte[] key = input.key();
        if (key == null) {
            throw new MalformedRecordException("a record of " + input.topic() + " must have a key", null);
        }
        return new String(key, StandardCharsets.UTF_8);
    }

    /** What decides how long something waits that waits alone. */
    private record Waits(
            List<?> quietHours,
            @Nullable String zone,
            @Nullable Instant mutedUntil,
            List<?> mutes) {
        Waits(Preferences preferences) {
            this(preferences.quietHours(), preferences.timeZone(), preferences.mutedUntil(), preferences.mutes());
        }
    }
}
