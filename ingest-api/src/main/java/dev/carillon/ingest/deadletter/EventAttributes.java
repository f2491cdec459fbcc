package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.personal.WithoutPerson;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The attributes of a CloudEvent in binary mode, which are headers of its record (CloudEvents' Kafka protocol binding
 * 1.0.2, section 3.2.3).
 */
final class EventAttributes {
    private static final String PREFIX = "ce_";
    /** What every CloudEvent has. */
    private static final String MARK = "specversion";

    private EventAttributes() {}

    /** As an event in structured mode has them; without any where the record is no CloudEvent in binary mode. */
    static ObjectNode of(List<Header> headers) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        for (Header header : headers) {
            String attribute = attribute(header);
            String text = text(header);
            if (attribute != null && text != null) {
                event.put(attribute, text);
            }
        }
        return event;
    }

    /** The headers that are left without a recipient; equal to {@code headers} where none names her. */
    static List<Header> without(RecipientId recipient, String pseudonym, List<Header> headers) {
        boolean isActor = headers.stream()
                .anyMatch(header ->
                        "actor".equals(attribute(header)) && recipient.value().equals(text(header)));
        List<Header> left = new ArrayList<>();
        for (Header header : headers) {
            String attribute = attribute(header);
            String text = text(header);
            if (attribute == null || text == null) {
                left.add(header);
            } else if (!isActor || !attribute.equals("actorname")) {
                // Each by itself: a name may be there twice.
                ObjectNode alone =
                        JsonNodeFactory.instance.objectNode().put(MARK, "1.0").put(attribute, text);
                if (!WithoutPerson.remove(alone, recipient, pseudonym)) {
                    left.add(header);
                } else if (alone.has(attribute)) {
                    byte[] rest = alone.path(attribute).stringValue().getBytes(StandardCharsets.UTF_8);
                    left.add(Header.of(header.name(), rest));
                }
            }
        }
        return left;
    }

    private static @Nullable String attribute(Header header) {
        return header.name().startsWith(PREFIX) ? header.name().substring(PREFIX.length()) : null;
    }

    private static @Nullable String text(Header header) {
        byte[] value = header.value();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
