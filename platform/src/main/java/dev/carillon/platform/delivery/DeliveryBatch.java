package dev.carillon.platform.delivery;

import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.Settlement.Settled;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Works through the records of one poll: decodes them, attempts each (recipients at once, one recipient's in order) and
 * sends on what follows. When {@link #process} returns, every record is settled or safely in another topic, and its
 * offset may be committed.
 */
final class DeliveryBatch {
    private final DeliveryDecoder decoder;
    private final Attempt attempt;
    private final Settlement settlement;
    private final CircuitBreaker breaker;
    private final RecordSender sender;
    private final TopicSpec outcomes;
    private final Clock clock;
    private final ExecutorService threads;

    DeliveryBatch(
            DeliveryDecoder decoder,
            Attempt attempt,
            Settlement settlement,
            CircuitBreaker breaker,
            RecordSender sender,
            TopicSpec outcomes,
            Clock clock,
            ExecutorService threads) {
        this.decoder = decoder;
        this.attempt = attempt;
        this.settlement = settlement;
        this.breaker = breaker;
        this.sender = sender;
        this.outcomes = outcomes;
        this.clock = clock;
        this.threads = threads;
    }

    void process(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        List<OutgoingRecord> follow = new ArrayList<>();
        Map<RecipientId, List<Received>> byRecipient = decode(records, follow);
        List<NotificationOutcome> told = new ArrayList<>();
        for (Settled settled : attemptAll(byRecipient)) {
            if (settled.follow() != null) {
                follow.add(settled.follow());
            }
            if (settled.outcome() != null) {
                told.add(settled.outcome());
            }
        }
        follow.addAll(Outcomes.pack(outcomes, told));
        sender.sendUntilAcknowledged(follow);
    }

    private Map<RecipientId, List<Received>> decode(
            List<ConsumerRecord<byte[], byte[]>> records, List<OutgoingRecord> dead) {
        Map<RecipientId, List<Received>> byRecipient = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                Received received = decoder.decode(record);
                byRecipient
                        .computeIfAbsent(received.delivery().recipient(), r -> new ArrayList<>())
                        .add(received);
            } catch (MalformedRecordException e) {
                dead.add(settlement.malformed(record, String.valueOf(e.getMessage())));
            }
        }
        return byRecipient;
    }

    private List<Settled> attemptAll(Map<RecipientId, List<Received>> byRecipient) throws InterruptedException {
        List<Future<List<Settled>>> chains = new ArrayList<>();
        for (List<Received> chain : byRecipient.values()) {
            chains.add(threads.submit(() -> attemptInOrder(chain)));
        }
        List<Settled> settled = new ArrayList<>();
        try {
            for (Future<List<Settled>> chain : chains) {
                settled.addAll(chain.get());
            }
        } catch (InterruptedException e) {
            chains.forEach(chain -> chain.cancel(true));
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a chain of attempts failed", e.getCause());
        }
        return settled;
    }

    private List<Settled> attemptInOrder(List<Received> chain) throws InterruptedException {
        List<Settled> settled = new ArrayList<>(chain.size());
        for (Received received : chain) {
            settled.add(settle(received));
        }
        return settled;
    }

    private Settled settle(Received received) throws InterruptedException {
        Delivery delivery = received.delivery();
        Instant now = clock.instant();
        if (isPast(delivery.notification().expiresAt(), now)) {
            return settlement.expired(received);
        }
        Instant notBefore = delivery.attempts().notBefore();
        if (notBefore != null && notBefore.isAfter(now)) {
            return settlement.waitOn(received);
        }
        DeliveryOutcome outcome = attempt.make(delivery);
        breaker.observe(outcome instanceof RetryLater later && speaksOfProvider(later.reason()));
        return settlement.after(received, outcome);
    }

    private static boolean isPast(@Nullable Instant expiry, Instant now) {
        return expiry != null && !expiry.isAfter(now);
    }

    /** Whether a failure says that the provider as a whole is in trouble. */
    private static boolean speaksOfProvider(Reason reason) {
        return reason == Reason.TIMEOUT || reason == Reason.CONNECTION_FAILED || reason == Reason.AUTHENTICATION_FAILED;
    }
}
