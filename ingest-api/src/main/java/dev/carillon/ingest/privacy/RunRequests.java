package dev.carillon.ingest.privacy;

import dev.carillon.ingest.personal.ErasedTable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes each request as far as it gets: asks the services, asks again whoever does not answer, begins the second round of an
 * erasure, ends what all have answered. One replica at a time works on a request; whatever is interrupted is done again.
 */
final class RunRequests {
    private static final Logger LOG = LoggerFactory.getLogger(RunRequests.class);

    private final PrivacyTable requests;
    private final AnswerTable answers;
    private final ErasedTable erased;
    private final TellServices tell;
    private final LongSupplier nextVersion;
    private final PrivacyProperties properties;
    private final TransactionOperations transactions;
    private final Clock clock;

    RunRequests(
            PrivacyTable requests,
            AnswerTable answers,
            ErasedTable erased,
            TellServices tell,
            LongSupplier nextVersion,
            PrivacyProperties properties,
            TransactionOperations transactions,
            Clock clock) {
        this.requests = requests;
        this.answers = answers;
        this.erased = erased;
        this.tell = tell;
        this.nextVersion = nextVersion;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** One step of every request that is running. */
    void run() {
        for (UUID id : requests.running()) {
            transactions.executeWithoutResult(status -> requests.lock(id).ifPresent(this::step));
        }
        answers.forgetDocuments(clock.instant().minus(properties.exportsKept()));
    }

    private void step(PrivacyRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean answered = Progress.of(request, properties.services(), answers.of(request.id())).stream()
                .allMatch(Progress::done);
        if (answered) {
            next(request, now);
        } else if (isToBeAsked(request, now)) {
            ask(request, now);
        }
    }

    private boolean isToBeAsked(PrivacyRequest request, Instant now) {
        Instant asked = request.askedAt();
        return asked == null || !asked.plus(properties.again()).isAfter(now);
    }

    private void ask(PrivacyRequest request, Instant now) {
        switch (request.kind()) {
            case EXPORT -> tell.export(request, now);
            case ERASE -> tell.erase(request, nextVersion.getAsLong());
        }
        requests.asked(request.id(), now);
    }

    private void next(PrivacyRequest request, Instant now) {
        switch (request.kind()) {
            case EXPORT -> requests.end(request.id(), now);
            case ERASE -> {
                if (request.round() == PrivacyRequest.ROUNDS) {
                    end(request, now);
                } else if (!request.roundAt().plus(properties.settle()).isAfter(now)) {
                    erased.begin(request.whom(), now);
                    requests.nextRound(request.id(), now);
                }
            }
        }
    }

    private void end(PrivacyRequest request, Instant now) {
        requests.overtakeNaming(request.whom(), now);
        erased.end(request.whom(), now);
        requests.end(request.id(), now);
        requests.forget(request.whom(), Objects.requireNonNull(request.pseudonym()));
        LOG.info("erasure {} is done: all services have answered", request.id());
    }
}
