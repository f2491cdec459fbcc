package dev.carillon.ingest.console.oidc;

import dev.carillon.ingest.console.oidc.Refused.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the issuer. Its documents are read when they are wanted, and kept for a while; so is their absence.
 * What is known stays so while the issuer is away, and nobody waits for a new reading of it.
 */
final class Issuer {
    private static final Duration KEPT = Duration.ofMinutes(10);
    /** Three times as long as an answer may take, so that an issuer that hangs holds up few. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(15);
    /** Anybody may begin to sign in, and would otherwise hold all threads of the server while nothing is known. */
    private static final int MOST_WAITING = 8;

    private final String name;
    private final Documents documents;
    private final IdTokens tokens;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();

    private volatile Heard heard =
            new Heard(null, IssuerFault.away("others wait for the issuer's first answer", null), Instant.MIN);

    Issuer(String name, Documents documents, IdTokens tokens, Clock clock) {
        this.name = name;
        this.documents = documents;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Where the issuer's documents are read. */
    @FunctionalInterface
    interface Documents {
        byte[] get(URI uri) throws IssuerFault;
    }

    /** @param keys check an ID token by the keys that the issuer publishes */
    record Known(Metadata metadata, IdTokens.Keys keys) {}

    /** @param fault why nothing is known, where that is so */
    private record Heard(@Nullable Known known, IssuerFault fault, Instant until) {
        Known orThrow() throws IssuerFault {
            if (known == null) {
                throw fault;
            }
            return known;
        }
    }

    Known known() throws IssuerFault {
        if (isOld() && mayAsk()) {
            try {
                if (isOld()) {
                    heard = read();
                }
            } finally {
                asking.unlock();
            }
        }
        return heard.orThrow();
    }

    private boolean isOld() {
        return clock.instant().isAfter(heard.until());
    }

    /** Takes the lock. Where something is known nobody waits for it; otherwise some do. */
    private boolean mayAsk() {
        if (asking.tryLock()) {
            return true;
        }
        if (heard.known() != null || asking.getQueueLength() >= MOST_WAITING) {
            return false;
        }
        asking.lock();
        return true;
    }

    private Heard read() {
        try {
            Metadata metadata = Metadata.read(documents.get(Metadata.address(name)), name);
            Known known = new Known(metadata, tokens.keys(metadata));
            return new Heard(known, heard.fault(), after(KEPT));
        } catch (IssuerFault e) {
            return new Heard(e.reason() == Reason.AWAY ? heard.known() : null, e, after(ASKED_AGAIN));
        }
    }

    /** From when the answer is there. */
    private Instant after(Duration time) {
        return clock.instant().plus(time);
    }
}
