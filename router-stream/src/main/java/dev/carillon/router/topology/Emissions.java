package dev.carillon.router.topology;

import dev.carillon.router.decision.Pace;
import dev.carillon.router.decision.Slot;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.state.Memories;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Cap;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what goes out, where some cap counts it, and says what was counted. */
final class Emissions {
    private final PartitionState partition;
    private final Types types;

    Emissions(PartitionState partition, Types types) {
        this.partition = partition;
        this.types = types;
    }

    /** Counts one delivery of these messages together; critical ones do not count. Nothing is written where no cap is. */
    void count(RecipientId recipient, Channel channel, List<Message> messages, Instant now) {
        Map<String, Integer> rings = new HashMap<>();
        for (Cap cap : types.allCaps()) {
            if (messages.stream().anyMatch(message -> counts(cap, channel, message))) {
                rings.merge(ring(cap), cap.most(), Math::max);
            }
        }
        if (!rings.isEmpty()) {
            Memories memories = partition.memories();
            memories.put(recipient, memories.of(recipient).withEmission(rings, now));
        }
    }

    private static boolean counts(Cap cap, Channel channel, Message message) {
        return !message.critical() && cap.counts(channel, message.labels().category());
    }

    /** What {@code recipient} got and what is collected for her, always as it is now. */
    Pace of(RecipientId recipient) {
        return new Pace() {
            @Override
            public @Nullable Window window(Channel channel, Slot slot) {
                HeldSlot open = partition.holds().slot(recipient, HeldSlot.id(channel, slot));
                return open == null ? null : new Window(open.openedAt(), Instant.ofEpochMilli(open.due()));
            }

            @Override
            public int emitted(Cap cap, Instant since) {
                return partition.memories().of(recipient).emitted(ring(cap), since);
            }
        };
    }

    /** Caps that count the same share a ring. */
    private static String ring(Cap cap) {
        String channel = cap.channel() == null ? "*" : cap.channel().code();
        return cap.category() == null ? channel : channel + ' ' + cap.category();
    }
}
