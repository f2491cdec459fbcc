package dev.carillon.schemas;

import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;

/** The records that every event passes through several times, with codecs instead of data binding (docs/adr/007). */
final class HotRecords {
    /** What a record is made of comes before it. */
    static final List<Class<? extends Record>> TYPES = List.of(
            Action.class,
            Subject.class,
            Actor.class,
            Attachment.class,
            Content.class,
            Labels.class,
            Event.class,
            Targets.class,
            IntakeRecord.RouteEvent.class,
            Notification.class,
            Rev.class,
            Address.class,
            Attempts.class,
            Delivery.class,
            ChannelOutcome.class,
            NotificationOutcome.class);

    private HotRecords() {}

    /** @param binding the same mapper without this module */
    static JacksonModule module(JsonMapper binding) {
        SimpleModule module = new SimpleModule("hot-records");
        ValueCodecs codecs = new ValueCodecs(binding);
        for (Class<? extends Record> type : TYPES) {
            register(module, type, codecs.add(type));
        }
        return module;
    }

    private static <T> void register(SimpleModule module, Class<T> type, RecordCodec codec) {
        module.addSerializer(type, new Writer<>(codec)).addDeserializer(type, new Reader<>(type, codec));
    }

    private static final class Writer<T> extends ValueSerializer<T> {
        private final RecordCodec codec;

        Writer(RecordCodec codec) {
            this.codec = codec;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) throws JacksonException {
            codec.write(value, json, context);
        }

        @Override
        public void serializeWithType(
                T value, JsonGenerator json, SerializationContext context, TypeSerializer discriminator)
                throws JacksonException {
            WritableTypeId id =
                    discriminator.writeTypePrefix(json, context, discriminator.typeId(value, JsonToken.START_OBJECT));
            codec.writeFields(value, json, context);
            discriminator.writeTypeSuffix(json, context, id);
        }
    }

    private static final class Reader<T> extends ValueDeserializer<T> {
        private final Class<T> type;
        private final RecordCodec codec;

        Reader(Class<T> type, RecordCodec codec) {
            this.type = type;
            this.codec = codec;
        }

        @Override
        public @Nullable T deserialize(JsonParser json, DeserializationContext context) throws JacksonException {
            return type.cast(codec.readPresent(json, context));
        }
    }
}
