package dev.carillon.email.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Issues tokens for one purpose with the newest secret, and reads those of earlier ones too. Safe for all threads. */
public final class Tokens {
    private final List<SignedToken> signers;
    private final Clock clock;

    /**
     * Tokens that are valid for this purpose alone.
     *
     * @param secret signs; null where there are to be none
     * @param earlier whose tokens still count
     */
    public Tokens(String purpose, @Nullable String secret, List<String> earlier, Clock clock) {
        this.signers = Stream.concat(Stream.ofNullable(secret), earlier.stream())
                .map(one -> new SignedToken(purpose, one))
                .toList();
        this.clock = clock;
    }

    /** What a token turned out to be. */
    public sealed interface Read {
        record Valid(List<String> texts, Instant expiresAt) implements Read {}

        /** Made by us, but too long ago. */
        record Expired() implements Read {}

        record Forged() implements Read {}
    }

    /** Needs a secret. */
    public String issue(Duration life, List<String> texts) {
        return signers.getFirst().issue(clock.instant().plus(life), texts);
    }

    public Read read(String token) {
        for (SignedToken signer : signers) {
            SignedToken.Content content = signer.read(token);
            if (content != null) {
                return content.expiresAt().isAfter(clock.instant())
                        ? new Read.Valid(content.texts(), content.expiresAt())
                        : new Read.Expired();
            }
        }
        return new Read.Forged();
    }

    /** Whether a token of this length is read at all. */
    public static boolean isReadable(String token) {
        return token.length() <= SignedToken.LONGEST;
    }
}
