package dev.carillon.ingest;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Dead letters as workers write them. */
final class Letters {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Instant ACCEPTED = Instant.parse("2026-01-01T00:00:00Z");

    private final Topics topics;
    private final RecordSender records;

    Letters(RunningIngest ingest) {
        this.topics = ingest.bean(Topics.class);
        this.records = ingest.bean(RecordSender.class);
    }

    /** One that was tried twice. */
    static Delivery delivery(Channel channel, String recipient, @Nullable Instant expiresAt) {
        return delivery(channel, Lane.DIRECT, recipient, expiresAt);
    }

    static Delivery delivery(Channel channel, Lane lane, String recipient, @Nullable Instant expiresAt) {
        RecipientId who = new RecipientId(recipient);
        EventUid event = EventUid.of("letters", recipient);
        NotificationId id = NotificationId.of(event, who);
        Notification notification = new Notification(
                id,
                event,
                who,
                "invoice.paid",
                ACCEPTED,
                expiresAt,
                Labels.none(),
                false,
                null,
                Content.of("to " + recipient, "its body"));
        return new Delivery(
                DeliveryId.of(id, channel),
                channel,
                lane,
                new Rev(ACCEPTED, 1),
                Address.unknown(),
                notification,
                List.of(),
                0,
                new Attempts(2, null, null, List.of("device-1"), "timeout"),
                null);
    }

    void send(Delivery delivery, Reason reason, Instant at) {
        sendAll(List.of(delivery), reason, at);
    }

    /** As {@link #send(Delivery, Reason, Instant)}, with what went wrong in somebody's words. */
    void send(Delivery delivery, Reason reason, Instant at, String detail) {
        DeadLetter plain = letter(delivery, reason, at);
        DeadLetter told = new DeadLetter(
                plain.reason(),
                detail,
                plain.at(),
                plain.topic(),
                plain.partition(),
                plain.offset(),
                plain.keyBase64(),
                plain.valueBase64());
        sendNow(List.of(OutgoingRecord.of(topics.dead(delivery.channel()), delivery.recipient(), told)));
    }

    void sendAll(List<Delivery> deliveries, Reason reason, Instant at) {
        sendNow(deliveries.stream()
                .map(delivery -> OutgoingRecord.of(
                        topics.dead(delivery.channel()), delivery.recipient(), letter(delivery, reason, at)))
                .toList());
    }

    void sendBroken(Channel channel, String value, Instant at) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        sendNow(List.of(OutgoingRecord.of(
                topics.dead(channel),
                new RecipientId("x"),
                letter(channel, Lane.DIRECT, "x", bytes, Reason.MALFORMED, at))));
    }

    /** Of a record of {@code intake}. */
    void sendOfRouter(String value, int partition) {
        DeadLetter letter = new DeadLetter(
                Reason.MALFORMED.code(),
                "no event",
                ACCEPTED,
                topics.intake(Lane.DIRECT).name(),
                partition,
                7,
                null,
                DeadLetter.encode(value.getBytes(StandardCharsets.UTF_8)));
        TopicSpec dead = topics.dead(Service.ROUTER_STREAM);
        sendNow(List.of(new OutgoingRecord(dead, partition, null, Json.write(letter), List.of())));
    }

    /** Of a record that was too large to be kept. */
    void sendWithoutRecord(Channel channel, String recipient) {
        sendNow(List.of(OutgoingRecord.of(
                topics.dead(channel),
                new RecipientId(recipient),
                letter(channel, Lane.DIRECT, recipient, null, Reason.TOO_LARGE, ACCEPTED))));
    }

    /** A record on the push topic that bears the name of a replayed letter. */
    void leaveNamed(String recipient, long letter) {
        RecipientId who = new RecipientId(recipient);
        TopicSpec push = topics.deliveries(Channel.PUSH);
        byte[] name = Long.toString(letter).getBytes(StandardCharsets.UTF_8);
        sendNow(List.of(OutgoingRecord.owned(
                push,
                who,
                recipient.getBytes(StandardCharsets.UTF_8),
                Json.write(delivery(Channel.PUSH, recipient, null)),
                new RecordHeader("carillon-replay", name))));
    }

    int partition(String recipient) {
        return Partitions.of(
                new RecipientId(recipient), topics.deliveries(Channel.PUSH).partitions());
    }

    private DeadLetter letter(Delivery delivery, Reason reason, Instant at) {
        String key = delivery.recipient().value();
        return letter(delivery.channel(), delivery.lane(), key, Json.write(delivery), reason, at);
    }

    private DeadLetter letter(
            Channel channel, Lane lane, String key, byte @Nullable [] value, Reason reason, Instant at) {
        return new DeadLetter(
                reason.code(),
                "it failed",
                at,
                topics.retries(channel, lane, 1).name(),
                1,
                42,
                DeadLetter.encode(key.getBytes(StandardCharsets.UTF_8)),
                DeadLetter.encode(value));
    }

    private void sendNow(List<OutgoingRecord> all) {
        try {
            records.sendAll(all, LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
