package dev.carillon.router.state;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys of the settings stores. 0x00 separates; no id contains it. */
final class Keys {
    private Keys() {}

    /** Audience, 0x00, recipient: the key of {@code audience-members} and of its store. */
    static byte[] membership(AudienceId audience, RecipientId recipient) {
        return (audience.value() + '\0' + recipient.value()).getBytes(StandardCharsets.UTF_8);
    }

    /** What the keys of all members of {@code audience} begin with. */
    static byte[] members(AudienceId audience) {
        return (audience.value() + '\0').getBytes(StandardCharsets.UTF_8);
    }

    /** The least key behind {@code key}. */
    static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
