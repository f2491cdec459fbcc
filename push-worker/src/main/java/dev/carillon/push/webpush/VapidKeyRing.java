package dev.carillon.push.webpush;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key pairs of this installation: the current one, which new subscriptions get, and earlier ones, under which older
 * subscriptions are still sent to. Empty where push is not configured.
 */
public final class VapidKeyRing {
    private final List<VapidKeyPair> pairs;

    private VapidKeyRing(List<VapidKeyPair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    public static VapidKeyRing empty() {
        return new VapidKeyRing(List.of());
    }

    public static VapidKeyRing of(VapidKeyPair current, List<VapidKeyPair> earlier) {
        List<VapidKeyPair> pairs = new ArrayList<>();
        pairs.add(current);
        pairs.addAll(earlier);
        return new VapidKeyRing(pairs);
    }

    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** The public key that browsers subscribe with; null where push is not configured. */
    public @Nullable String currentPublicKey() {
        return pairs.isEmpty() ? null : pairs.getFirst().publicKey();
    }

    /** A secret of 32 bytes for each pair, the current one's first; other purposes give other secrets. */
    public List<byte[]> secretsFor(String purpose) {
        return pairs.stream().map(pair -> pair.secretFor(purpose)).toList();
    }

    /** The pair with this public key; null where it is none of ours. */
    public @Nullable VapidKeyPair find(String publicKey) {
        for (VapidKeyPair pair : pairs) {
            if (pair.publicKey().equals(publicKey)) {
                return pair;
            }
        }
        return null;
    }
}
