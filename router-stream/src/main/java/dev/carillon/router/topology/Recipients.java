package dev.carillon.router.topology;

import dev.carillon.router.decision.RecipientState;
import dev.carillon.router.decision.RecipientState.Jitter;
import dev.carillon.router.state.Memory;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Looks recipients up in the state of their partition. */
final class Recipients {
    private final PartitionState partition;
    private final RoutingSettings settings;
    private final Emissions emissions;

    Recipients(PartitionState partition, RoutingSettings settings, Emissions emissions) {
        this.partition = partition;
        this.settings = settings;
        this.emissions = emissions;
    }

    Recipient find(RecipientId id) {
        RecipientProfile profile = partition.profiles().find(id);
        Memory memory = partition.memories().of(id);
        Preferences preferences = profile == null ? Preferences.defaults() : profile.preferences();
        RecipientState state = new RecipientState(
                preferences,
                zone(preferences.timeZone()),
                profile != null && profile.email() != null,
                memory.reachable(),
                candidate -> memory.hasRead(candidate.notification(), candidate.shownAt()),
                new Jitter(seed(id), settings.jitter()),
                emissions.of(id));
        return new Recipient(id, profile, memory, state);
    }

    /** A zone that this JVM does not know (a newer or older tz database) counts as none. */
    private ZoneId zone(@Nullable String name) {
        if (name == null) {
            return settings.zone();
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return settings.zone();
        }
    }

    private static int seed(RecipientId id) {
        return Utils.toPositive(Utils.murmur2(id.value().getBytes(StandardCharsets.UTF_8)));
    }
}
