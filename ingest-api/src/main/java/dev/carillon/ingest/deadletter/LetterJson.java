package dev.carillon.ingest.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.ingest.wording.Sentence;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A dead letter as operators see it.
 *
 * @param sentence what the reason means; null for one that this version does not know
 * @param detail what was expected and what came, or the last answer of a provider
 * @param attempts how often it was tried, the failed one included
 * @param replayable whether the letter holds the record
 * @param record only where one letter is asked for
 */
record LetterJson(
        long id,
        String channel,
        String reason,
        @Nullable String sentence,
        String detail,
        Instant at,
        LetterState state,
        Instant changedAt,
        @Nullable Long action,
        @Nullable String note,
        @Nullable String recipient,
        @Nullable UUID notification,
        @Nullable UUID event,
        @Nullable String type,
        @JsonInclude(Include.NON_DEFAULT) int attempts,
        boolean replayable,
        @Nullable RecordJson record) {

    static LetterJson summary(LetterHead letter) {
        return of(letter, null);
    }

    static LetterJson whole(LetterRow letter) {
        return of(letter.head(), RecordJson.of(letter.record()));
    }

    private static LetterJson of(LetterHead letter, @Nullable RecordJson record) {
        return new LetterJson(
                letter.id(),
                letter.channel(),
                letter.reason(),
                sentence(letter.reason()),
                letter.detail(),
                letter.at(),
                letter.state(),
                letter.changedAt(),
                letter.action(),
                letter.note(),
                letter.about().recipient(),
                letter.about().notification(),
                letter.about().event(),
                letter.about().type(),
                letter.about().attempts(),
                letter.replayable(),
                record);
    }

    private static @Nullable String sentence(String code) {
        for (Reason reason : Reason.values()) {
            if (reason.code().equals(code)) {
                return Sentence.of(OutcomeState.DEAD, reason);
            }
        }
        return null;
    }

    /**
     * The record, and where it lay.
     *
     * @param value where it is JSON
     * @param valueBase64 where it is not
     * @param headers none for most records; the attributes of a CloudEvent are here
     */
    record RecordJson(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable JsonNode value,
            @Nullable String valueBase64,
            @JsonInclude(Include.NON_EMPTY) List<HeaderJson> headers) {
        static RecordJson of(LetterRow.FailedRecord record) {
            byte[] bytes = record.value();
            JsonNode value = json(bytes);
            return new RecordJson(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    text(record.key()),
                    value,
                    bytes == null || value != null ? null : Base64.getEncoder().encodeToString(bytes),
                    record.headers().stream().map(HeaderJson::of).toList());
        }

        private static @Nullable JsonNode json(byte @Nullable [] bytes) {
            try {
                JsonNode node = bytes == null ? null : Json.mapper().readTree(bytes);
                return node == null || node.isMissingNode() ? null : node;
            } catch (JacksonException e) {
                return null;
            }
        }
    }

    /** @param value as text, or in Base64 where it is none; null where the header has none */
    record HeaderJson(String name, @Nullable String value) {
        static HeaderJson of(Header header) {
            return new HeaderJson(header.name(), text(header.value()));
        }
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
