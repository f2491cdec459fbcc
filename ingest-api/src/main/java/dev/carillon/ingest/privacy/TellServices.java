package dev.carillon.ingest.privacy;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.event.IntakeRecord.EraseRecipient;
import dev.carillon.schemas.event.IntakeRecord.ExportRecipient;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Asks every service: the router through {@code intake}, in order with everything else, the others through {@code commands}. */
final class TellServices {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final RecordSender sender;
    private final Topics topics;

    TellServices(RecordSender sender, Topics topics) {
        this.sender = sender;
        this.topics = topics;
    }

    /** @throws BrokerUnavailableException where the broker's word is missing: to ask twice is as good as once */
    void export(PrivacyRequest request, Instant now) {
        String id = request.id().toString();
        RecipientId whom = request.whom();
        send(List.of(
                OutgoingRecord.of(topics.intake(Lane.DIRECT), whom, new ExportRecipient(id, whom, now)),
                OutgoingRecord.of(topics.commands(), whom, new Command.Export(id, whom, request.addresses(), now))));
    }

    /**
     * Workers hear first that nothing may be delivered any more, so that nothing is written behind what is removed.
     *
     * @param version of settings that are void
     */
    void erase(PrivacyRequest request, long version) {
        String id = request.id().toString();
        RecipientId whom = request.whom();
        Instant at = request.roundAt();
        UUID person = ErasedId.of(whom);
        byte[] key = person.toString().getBytes(StandardCharsets.UTF_8);
        send(List.of(
                new OutgoingRecord(topics.controls(), 0, key, Json.write(new Control.Erased(person, at)), List.of())));
        TopicSpec intake = topics.intake(Lane.DIRECT);
        byte[] erase = Json.write(new EraseRecipient(id, request.round(), whom, version, at, request.pseudonym()));
        byte[] owner = whom.value().getBytes(StandardCharsets.UTF_8);
        send(IntStream.range(0, intake.partitions())
                .mapToObj(partition -> new OutgoingRecord(intake, partition, owner, erase, List.of()))
                .toList());
        Command command = new Command.Erase(id, request.round(), whom, request.addresses(), at, request.pseudonym());
        send(List.of(OutgoingRecord.of(topics.commands(), whom, command)));
    }

    private void send(List<OutgoingRecord> records) {
        try {
            sender.sendAll(records, LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted before the broker acknowledged", e);
        }
    }
}
