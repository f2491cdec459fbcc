package dev.carillon.schemas.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a type's notifications wait, and how many go out.
 *
 * @param batches at most one per channel
 * @param digest null: at once, unless the recipient wants a digest
 * @param caps beside those of the installation
 * @param overCap null: as the installation says
 * @param neverMerge what waited goes out one by one, also at the end of quiet hours
 */
public record Policies(
        @JsonInclude(Include.NON_EMPTY) List<Batch> batches,
        @Nullable TypeDigest digest,
        @JsonInclude(Include.NON_EMPTY) List<Cap> caps,
        @Nullable OverCap overCap,
        @JsonInclude(Include.NON_DEFAULT) boolean neverMerge) {
    private static final Policies NONE = new Policies(List.of(), null, List.of(), null, false);

    public Policies {
        batches = batches == null ? List.of() : List.copyOf(batches);
        caps = caps == null ? List.of() : List.copyOf(caps);
    }

    /** Everything at once, as far as preferences say nothing else. */
    public static Policies none() {
        return NONE;
    }
}
