package dev.carillon.ingest.dismissal;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.SendBeforeAnswer;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.command.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Sends commands, and returns once the broker has acknowledged them. */
final class SendCommand {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final RecordSender records;
    private final TopicSpec topic;

    SendCommand(RecordSender records, TopicSpec commands) {
        this.records = records;
        this.topic = commands;
    }

    /** @throws ProblemException 503 where the broker's word is missing; the caller asks again */
    void send(Command command) {
        byte[] key = key(command).getBytes(StandardCharsets.UTF_8);
        int partition = Partitions.of(key, topic.partitions());
        OutgoingRecord record = new OutgoingRecord(topic, partition, key, Json.write(command), List.of());
        SendBeforeAnswer.all(records, List.of(record), LIMIT, SendCommand::unknown);
    }

    private static String key(Command command) {
        return switch (command) {
            case Command.Dismiss one -> one.recipient().value();
            case Command.DismissGroup group -> group.recipient().value();
            case Command.SubjectGone subject -> subject.type() + ":" + subject.id();
            case Command.ActorErased erased -> erased.actor().value();
            case Command.Export asked -> asked.recipient().value();
            case Command.Erase wanted -> wanted.recipient().value();
        };
    }

    private static ProblemException unknown(Exception cause) {
        return ProblemException.brokerUnavailable(
                "the broker did not acknowledge in time: send it again", Duration.ofSeconds(1), cause);
    }
}
