package dev.carillon.ingest.webhook;

import dev.carillon.ingest.webhook.Endpoint.Disabled;
import dev.carillon.ingest.webhook.Endpoint.Health;
import dev.carillon.ingest.webhook.Endpoint.Wanted;
import dev.carillon.platform.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators do with endpoints. */
final class Webhooks {
    private static final int MOST = 100;
    private static final Duration TEST_LEASE = Duration.ofMinutes(2);

    private final EndpointTable endpoints;
    private final MessageTable messages;
    private final Backlog backlog;
    private final Subscriptions subscriptions;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Webhooks(
            EndpointTable endpoints,
            MessageTable messages,
            Backlog backlog,
            Subscriptions subscriptions,
            TransactionTemplate transaction,
            Clock clock) {
        this.endpoints = endpoints;
        this.messages = messages;
        this.backlog = backlog;
        this.subscriptions = subscriptions;
        this.transaction = transaction;
        this.clock = clock;
    }

    Endpoint make(Wanted wanted) {
        if (endpoints.list().size() >= MOST) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT, "too_many_webhooks", "there are " + MOST + " webhooks, which is the most");
        }
        Endpoint made = new Endpoint(
                UUID.randomUUID(),
                wanted,
                wanted.enabled() ? null : Disabled.BY_OPERATOR,
                Secrets.fresh(),
                Health.good(),
                now());
        endpoints.insert(made);
        subscriptions.reload();
        return made;
    }

    Endpoint change(UUID id, Wanted wanted) {
        if (!endpoints.change(id, wanted)) {
            throw gone(id);
        }
        subscriptions.reload();
        return find(id);
    }

    /** With what waits for it. */
    void delete(UUID id) {
        Boolean deleted = transaction.execute(status -> {
            backlog.forgetAllOf(id);
            return endpoints.delete(id);
        });
        if (!Boolean.TRUE.equals(deleted)) {
            throw gone(id);
        }
        subscriptions.reload();
    }

    /** @param overlap for how long the secret until now stays valid */
    Endpoint rotate(UUID id, Duration overlap) {
        transaction.executeWithoutResult(status -> {
            Endpoint before = endpoints.lock(id).orElseThrow(() -> gone(id));
            endpoints.rotate(id, before.secrets().rotated(now().plus(overlap)));
        });
        subscriptions.reload();
        return find(id);
    }

    Endpoint find(UUID id) {
        return endpoints.find(id).orElseThrow(() -> gone(id));
    }

    /** A message of which the one attempt that it has is about to be made. */
    Message test(Endpoint endpoint) {
        Instant now = now();
        Message test = new Message(
                endpoint.id(),
                UUID.randomUUID(),
                Payload.TEST,
                null,
                Payload.test(endpoint.id(), now).json(),
                now,
                Message.State.WAITING,
                1,
                now.plus(TEST_LEASE),
                Message.Result.none());
        messages.insertBegun(test);
        return test;
    }

    Message message(UUID endpoint, UUID id) {
        return messages.find(endpoint, id).orElseThrow(() -> noMessage(id));
    }

    /** Sends one anew, dead or delivered; what waits is due at once. */
    void replay(UUID endpoint, UUID id) {
        requireEnabled(endpoint);
        if (!messages.again(endpoint, id, now())) {
            throw noMessage(id);
        }
    }

    /** Sends anew all that died since; says how many. */
    int replayDead(UUID endpoint, Instant since) {
        requireEnabled(endpoint);
        return messages.deadAgain(endpoint, since, now());
    }

    private void requireEnabled(UUID endpoint) {
        Disabled why = find(endpoint).disabled();
        if (why != null) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "webhook_disabled",
                    "the webhook is disabled (" + why.code() + "): enable it first");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException gone(UUID id) {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no webhook " + id);
    }

    private static ProblemException noMessage(UUID id) {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no delivery " + Message.text(id));
    }
}
