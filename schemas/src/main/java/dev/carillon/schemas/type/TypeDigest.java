package dev.carillon.schemas.type;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.EnumSets;
import dev.carillon.schemas.recipient.DigestSchedule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A type that goes by digest unless the recipient wants it at once.
 *
 * @param channels that it holds for; empty means e-mail
 * @param schedule null: the recipient's own
 */
public record TypeDigest(Set<Channel> channels, @Nullable DigestSchedule schedule) {

    public TypeDigest {
        channels = EnumSets.copyOf(channels == null || channels.isEmpty() ? Set.of(Channel.EMAIL) : channels);
    }
}
