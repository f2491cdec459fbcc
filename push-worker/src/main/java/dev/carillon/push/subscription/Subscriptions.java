package dev.carillon.push.subscription;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The devices of all recipients. Changes of one recipient's devices happen one after the other. The router hears of a
 * device before it is in force, and that the last one went only after that is in force: a change that fails half-way can
 * leave it pushing to nobody, never silent to somebody who has a device.
 */
public final class Subscriptions {
    /** A further device takes the place of the longest unused one. */
    public static final int MOST_PER_RECIPIENT = 20;

    /** {@code last_used_at} is written at most once in this time. */
    private static final Duration USE_RESOLUTION = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final SubscriptionTable table;
    private final TransactionTemplate transactions;
    private final Reachability reachability;
    private final Clock clock;

    public Subscriptions(JdbcClient jdbc, TransactionTemplate transactions, Reachability reachability, Clock clock) {
        this.table = new SubscriptionTable(jdbc);
        this.transactions = transactions;
        this.reachability = reachability;
        this.clock = clock;
    }

    /** Oldest first. */
    public List<Subscription> of(RecipientId recipient) {
        return table.of(recipient);
    }

    /**
     * Stores a device, or what has changed of it. An endpoint known for somebody else moves to this recipient: the
     * browser has another user now.
     *
     * @param currentVapidKey under which a new subscription was made where it does not say
     */
    Stored store(RecipientId recipient, NewSubscription wanted, String currentVapidKey) {
        Change change = transactions.execute(status -> {
            table.lock("endpoint", wanted.endpoint());
            Subscription known = lockedOwners(recipient, wanted.endpoint());
            RecipientId owner = known == null ? recipient : known.recipient();
            if (known != null && !owner.equals(recipient)) {
                table.delete(owner, known.id());
                known = null;
            }
            Subscription subscription = merged(recipient, wanted, known, currentVapidKey);
            if (known == null) {
                table.insert(subscription);
            } else {
                table.update(subscription);
            }
            if (wanted.oldEndpoint() != null && !wanted.oldEndpoint().equals(wanted.endpoint())) {
                table.deleteEndpoint(recipient, wanted.oldEndpoint());
            }
            table.trim(recipient, subscription.id(), MOST_PER_RECIPIENT);
            reachability.reachable(recipient, true);
            return new Change(new Stored(subscription.id(), known == null), owner);
        });
        if (!change.ownerBefore().equals(recipient)) {
            tellIfUnreachable(change.ownerBefore());
        }
        return change.stored();
    }

    private record Change(Stored stored, RecipientId ownerBefore) {}

    /** What {@link #store} did. */
    record Stored(UUID id, boolean created) {}

    /**
     * Stores what a browser subscribed with anew while no page of ours was open. It shows whose device it is by the secret
     * of the earlier subscription, which only that browser and we have; what it does not say is kept.
     *
     * @return null where there is no such subscription, or its secret is another
     */
    @Nullable Stored renew(NewSubscription shown, NewSubscription wanted) {
        Subscription old = table.byEndpoint(shown.endpoint());
        if (old == null || !old.keys().sameAuth(shown.keys())) {
            return null;
        }
        NewSubscription complete = new NewSubscription(
                wanted.endpoint(),
                wanted.keys(),
                wanted.vapidKey() == null ? old.vapidKey() : wanted.vapidKey(),
                wanted.expiresAt(),
                wanted.label() == null ? old.label() : wanted.label(),
                old.endpoint());
        return store(old.recipient(), complete, old.vapidKey());
    }

    /** False if this recipient has no such device. */
    boolean remove(RecipientId recipient, UUID id) {
        return removing(recipient, () -> table.delete(recipient, id));
    }

    /** False if this recipient has no device with this endpoint. */
    boolean remove(RecipientId recipient, String endpoint) {
        return removing(recipient, () -> table.deleteEndpoint(recipient, endpoint));
    }

    /** For a subscription that its push service knows no more; one that changed since it was read stays. */
    public boolean forget(Subscription read) {
        return removing(read.recipient(), () -> table.deleteUnchanged(read));
    }

    /**
     * For a delivery that found no device: tells the router once more, which did not know or forgot it. Where that does
     * not work the next such delivery does it.
     */
    public void missing(RecipientId recipient) {
        try {
            tellIfUnreachable(recipient);
        } catch (BrokerUnavailableException e) {
            LOG.warn("the router is not told that somebody has no device: {}", e.getMessage());
        }
    }

    /** Notes that a message was accepted. */
    public void used(Subscription subscription) {
        Instant now = clock.instant();
        Instant last = subscription.lastUsedAt();
        if (last == null || last.plus(USE_RESOLUTION).isBefore(now)) {
            table.used(subscription, now);
        }
    }

    private boolean removing(RecipientId recipient, BooleanSupplier removal) {
        boolean removed = transactions.execute(status -> {
            table.lock("recipient", recipient.value());
            return removal.getAsBoolean();
        });
        tellIfUnreachable(recipient);
        return removed;
    }

    /** Also where nothing was removed: an earlier call may have removed the last one and not have been able to tell. */
    private void tellIfUnreachable(RecipientId recipient) {
        transactions.executeWithoutResult(status -> {
            table.lock("recipient", recipient.value());
            if (table.count(recipient) == 0) {
                reachability.reachable(recipient, false);
            }
        });
    }

    /** Locks the new owner and the one on record, always in the same order, and reads what is on record then. */
    private @Nullable Subscription lockedOwners(RecipientId recipient, String endpoint) {
        Subscription known = table.byEndpoint(endpoint);
        Stream.concat(Stream.of(recipient), Stream.ofNullable(known).map(Subscription::recipient))
                .distinct()
                .sorted()
                .forEach(owner -> table.lock("recipient", owner.value()));
        return table.byEndpoint(endpoint);
    }

    private Subscription merged(
            RecipientId recipient, NewSubscription wanted, @Nullable Subscription known, String currentVapidKey) {
        String vapidKey =
                wanted.vapidKey() != null ? wanted.vapidKey() : known != null ? known.vapidKey() : currentVapidKey;
        return new Subscription(
                recipient,
                known == null ? UUID.randomUUID() : known.id(),
                wanted.endpoint(),
                wanted.keys(),
                vapidKey,
                wanted.label() != null || known == null ? wanted.label() : known.label(),
                wanted.expiresAt(),
                known == null ? clock.instant() : known.createdAt(),
                known == null ? null : known.lastUsedAt(),
                known == null ? 1 : known.revision());
    }
}
