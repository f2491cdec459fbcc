package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a worker puts among the dead letters. */
class DeadDeliveriesTest extends ScriptedWorker {

    @Test
    void saysWhereARecordLiesThatIsTooLargeForADeadLetter() throws Exception {
        sender.script(ADA, () -> new Rejected(Reason.REJECTED, "552 too large"));
        send(delivery(ADA, "x".repeat(900_000), null));

        DeadLetter letter = awaitDead(1).getFirst();

        assertThat(letter.reason()).isEqualTo("too_large");
        assertThat(letter.valueBase64()).isNull();
        assertThat(letter.topic()).isEqualTo(topics.deliveries(Channel.PUSH).name());
        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.DEAD);
    }

    @Test
    void endsInTheDeadLettersWhenTheTiersAreExhausted() throws Exception {
        ScriptedSender.Reply no = () -> new RetryLater(Reason.PROVIDER_ERROR, "500 again");
        sender.script(ADA, no, no, no);
        send(delivery(ADA, "one", null));
        awaitOutcomes(1);
        clock.advance(FIRST_TIER);
        awaitOutcomes(2);
        clock.advance(SECOND_TIER);

        DeadLetter letter = awaitDead(1).getFirst();

        assertThat(letter.reason()).isEqualTo("attempts_exhausted");
        assertThat(letter.detail()).contains("3 attempts").contains("500 again");
    }

    @Test
    void keepsARejectedDeliveryWholeInTheDeadLetters() throws Exception {
        sender.script(ADA, () -> new Rejected(Reason.REJECTED, "403 key mismatch"));
        Delivery delivery = delivery(ADA, "one", null);
        send(delivery);

        DeadLetter letter = awaitDead(1).getFirst();

        assertThat(letter.valueBase64()).isEqualTo(DeadLetter.encode(Json.write(delivery)));
        assertThat(letter.detail()).isEqualTo("403 key mismatch");
    }

    @Test
    void putsPoisonAsideWithAReasonAndGoesOn() throws Exception {
        TopicSpec topic = topics.deliveries(Channel.PUSH);
        byte[] key = ADA.value().getBytes(StandardCharsets.UTF_8);
        List<OutgoingRecord> poison = Stream.of(
                        "{",
                        "{}",
                        "{\"channel\":\"push\"}",
                        "{\"channel\":\"push\",\"notification\":{}}",
                        "{\"channel\":\"inapp\"}")
                .map(text -> OutgoingRecord.owned(topic, ADA, key, text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        records.sendAll(poison, WAIT);
        records.sendAll(
                List.of(
                        OutgoingRecord.owned(topic, ADA, key, null),
                        OutgoingRecord.owned(topics.retries(Channel.PUSH, 1), ADA, key, new byte[] {0})),
                WAIT);
        send(delivery(ADA, "one", null));

        assertThat(awaitDead(7)).extracting(DeadLetter::reason).containsOnly("malformed");
        await().until(() -> sender.attempts(ADA).size() == 1);
    }

    private List<DeadLetter> awaitDead(int count) {
        return probe.readUntil(topics.dead(Channel.PUSH).name(), WAIT, records -> records.size() >= count).stream()
                .map(record -> Json.read(record.value(), DeadLetter.class))
                .toList();
    }
}
