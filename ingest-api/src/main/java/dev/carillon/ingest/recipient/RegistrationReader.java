package dev.carillon.ingest.recipient;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.mail.MailAddress;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of a recipient. What an answer of ours adds (id, version) may come back and is ignored. */
final class RegistrationReader {
    private static final int MAX_NAME = 255;

    /** RFC 3696, erratum 1690. */
    private static final int MAX_EMAIL = 254;

    private static final Set<String> KNOWN =
            Set.of("id", "version", "updated_at", "name", "email", "locale", "time_zone");

    private RegistrationReader() {}

    static Registration read(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, KNOWN, violations);
        Registration registration = new Registration(
                fields.label("name", MAX_NAME), email(fields), fields.locale("locale"), zone(fields, "time_zone"));
        violations.refuseIfAny();
        return registration;
    }

    /** Just what the e-mail worker can send to: it reads addresses the same way. */
    private static @Nullable String email(Fields fields) {
        String email = fields.label("email", MAX_EMAIL);
        if (email == null) {
            return null;
        }
        try {
            MailAddress _ = MailAddress.parse(email);
        } catch (IllegalArgumentException e) {
            fields.refuse("email", "format", "must be an e-mail address, like ada@example.org; this " + e.getMessage());
        }
        return email;
    }

    /** An IANA zone id that this platform knows. */
    static @Nullable String zone(Fields fields, String name) {
        String zone = fields.text(name, Integer.MAX_VALUE);
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            fields.refuse(name, "unknown_zone", "must be an IANA time zone, like Europe/Berlin");
            return null;
        }
        return zone;
    }
}
