package dev.carillon.ingest.privacy;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.privacy.PrivacyRequest.Kind;
import dev.carillon.ingest.recipient.CurrentAddresses;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.ReservedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Writes down what an operator wants. Who wants the same while it runs gets the same request. */
final class BeginRequests {
    private final PrivacyTable requests;
    private final ErasedTable erased;
    private final CurrentAddresses addresses;
    private final TransactionOperations transactions;
    private final Clock clock;

    BeginRequests(
            PrivacyTable requests,
            ErasedTable erased,
            CurrentAddresses addresses,
            TransactionOperations transactions,
            Clock clock) {
        this.requests = requests;
        this.erased = erased;
        this.addresses = addresses;
        this.transactions = transactions;
        this.clock = clock;
    }

    PrivacyRequest export(RecipientId recipient, ApiKey by) {
        return begin(Kind.EXPORT, recipient, null, by);
    }

    PrivacyRequest erase(RecipientId recipient, ApiKey by) {
        return begin(Kind.ERASE, recipient, ReservedIds.pseudonym(), by);
    }

    private PrivacyRequest begin(Kind kind, RecipientId recipient, @Nullable String pseudonym, ApiKey by) {
        List<String> own = addresses.own(recipient);
        return Objects.requireNonNull(transactions.execute(status -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            boolean fresh = requests.begin(UUID.randomUUID(), kind, recipient, pseudonym, own, by, now);
            if (fresh && kind == Kind.ERASE) {
                erased.begin(recipient, now);
                requests.overtake(recipient, now);
            }
            return requests.running(kind, recipient)
                    .orElseThrow(() -> new IllegalStateException("a request that was just begun is gone"));
        }));
    }
}
