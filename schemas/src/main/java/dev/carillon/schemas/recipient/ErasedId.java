package dev.carillon.schemas.recipient;

import dev.carillon.schemas.DerivedIds;
import java.util.UUID;

/**
 * What is left of the id of somebody who was erased, so that what was under way for her is recognised: a hash. Who knows
 * an id can ask whether it was erased; who does not cannot read it back, unless ids can be guessed.
 */
public final class ErasedId {
    private ErasedId() {}

    public static UUID of(RecipientId recipient) {
        return DerivedIds.of("erased", recipient.value());
    }
}
