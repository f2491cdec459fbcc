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
 * Takes a recipient out of the attributes of a CloudEvent in binary mode, which are headers of its record (CloudEvents'
 * Kafka protocol binding 1.0.2, section 3.2.3).
 */
final class AttributesWithoutPerson {
    private static final String PREFIX = "ce_";

    private AttributesWithoutPerson() {}

    /** The headers that are left; equal to {@code headers} where none names her. */
    static List<Header> of(List<Header> headers, RecipientId recipient, String pseudonym) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        for (Header header : headers) {
            String attribute = attribute(header);
            byte[] value = header.value();
            if (attribute != null && value != null) {
                event.put(attribute, new String(value, StandardCharsets.UTF_8));
            }
        }
        if (!WithoutPerson.remove(event, recipient, pseudonym)) {
            return headers;
        }
        List<Header> left = new ArrayList<>();
        for (Header header : headers) {
            String attribute = attribute(header);
            if (attribute == null || header.value() == null) {
                left.add(header);
            } else if (event.has(attribute)) {
                byte[] value = event.path(attribute).stringValue().getBytes(StandardCharsets.UTF_8);
                left.add(Header.of(header.name(), value));
            }
        }
        return left;
    }

    private static @Nullable String attribute(Header header) {
        return header.name().startsWith(PREFIX) ? header.name().substring(PREFIX.length()) : null;
    }
}
