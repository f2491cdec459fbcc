package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.TypeDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How notifications of a type are collected, and how many go out.
 *
 * @param digest for recipients without a word on it; null: at once
 * @param caps the type's and the installation's
 * @param neverMerge what waited goes out one by one
 */
public record Pacing(
        Map<Channel, Collecting> batches,
        @Nullable TypeDigest digest,
        List<Cap> caps,
        OverCap overCap,
        boolean neverMerge) {
    private static final Pacing NONE = new Pacing(Map.of(), null, List.of(), OverCap.DIGEST, false);

    public Pacing {
        batches = Map.copyOf(batches);
        caps = List.copyOf(caps);
    }

    public static Pacing none() {
        return NONE;
    }

    /**
     * A batch that one notification belongs to.
     *
     * @param key tells the batches of a type apart
     */
    public record Collecting(Batch rule, String key) {}
}
