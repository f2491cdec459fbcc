package dev.carillon.schemas;

import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads and writes the types that every record holds several of, as their annotations say to any other mapper. Following
 * the annotations for each value took a tenth of the router's processor time (docs/adr/007).
 */
final class SmallTypes {
    private static final List<Text<?>> TEXTS = List.of(
            new Text<>(Instant.class, InstantText::write, InstantText::read),
            new Text<>(EventUid.class, EventUid::toString, EventUid::parse),
            new Text<>(NotificationId.class, NotificationId::toString, NotificationId::parse),
            new Text<>(DeliveryId.class, DeliveryId::toString, DeliveryId::parse),
            new Text<>(RecipientId.class, RecipientId::value, RecipientId::new),
            new Text<>(AudienceId.class, AudienceId::value, AudienceId::new));

    private SmallTypes() {}

    static JacksonModule module() {
        SimpleModule module = new SimpleModule("small-types");
        TEXTS.forEach(text -> text.register(module));
        return module.addSerializer(Channel.class, new TextWriter<>(Channel::code))
                .addSerializer(Lane.class, new TextWriter<>(Lane::code))
                .addSerializer(Reason.class, new TextWriter<>(Reason::code))
                .addSerializer(OutcomeBatch.class, new BatchWriter());
    }

    /** The same for records that are not bound. */
    static Map<Type, ValueCodec> codecs() {
        Map<Type, ValueCodec> codecs = new HashMap<>();
        TEXTS.forEach(text -> codecs.put(text.type, text.codec()));
        return codecs;
    }

    /** A type that is a JSON text. */
    private record Text<T>(Class<T> type, Function<T, String> write, Function<String, T> read) {
        void register(SimpleModule module) {
            module.addSerializer(type, new TextWriter<>(write)).addDeserializer(type, new TextReader<>(type, read));
        }

        ValueCodec codec() {
            return new ValueCodec.Text<>(type, write, read);
        }
    }

    private static final class TextWriter<T> extends ValueSerializer<T> {
        private final Function<T, String> write;

        TextWriter(Function<T, String> write) {
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) throws JacksonException {
            json.writeString(write.apply(value));
        }
    }

    private static final class TextReader<T> extends ValueDeserializer<T> {
        private final Class<T> type;
        private final Function<String, T> read;

        TextReader(Class<T> type, Function<String, T> read) {
            this.type = type;
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws JacksonException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return type.cast(context.handleUnexpectedToken(context.constructType(type), json));
            }
            String text = json.getString();
            try {
                return read.apply(text);
            } catch (IllegalArgumentException | DateTimeException e) {
                return type.cast(context.handleWeirdStringValue(type, text, "%s", e.getMessage()));
            }
        }
    }

    private static final class BatchWriter extends ValueSerializer<OutcomeBatch> {
        @Override
        public void serialize(OutcomeBatch batch, JsonGenerator json, SerializationContext context)
                throws JacksonException {
            json.writeStartArray();
            for (NotificationOutcome outcome : batch.outcomes()) {
                json.writePOJO(outcome);
            }
            json.writeEndArray();
        }
    }
}
