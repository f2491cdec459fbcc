package dev.carillon.ingest.intake;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Reads whom an event is for. */
final class TargetsReader {
    private static final String AUDIENCE_PREFIX = "audience:";

    private TargetsReader() {}

    static Targets read(Fields fields) {
        List<RecipientId> recipients =
                distinct(fields.texts("recipients", Limits.RECIPIENTS, TargetsReader::recipient));
        List<AudienceId> audiences = distinct(fields.texts("audiences", Limits.AUDIENCES, GivenIds::audience));
        List<RecipientId> sessions = distinct(fields.texts("sessions", Limits.RECIPIENTS, TargetsReader::session));
        boolean broadcast = fields.flag("broadcast", false);
        List<String> exclude = fields.texts("exclude", Limits.EXCLUDED, TargetsReader::excluded);
        checkTogether(fields, broadcast);
        return new Targets(
                sessions.isEmpty()
                        ? recipients
                        : distinct(Stream.concat(recipients.stream(), sessions.stream())
                                .toList()),
                audiences,
                broadcast,
                List.of(),
                exclude.stream()
                        .filter(entry -> !entry.startsWith(AUDIENCE_PREFIX))
                        .map(RecipientId::new)
                        .toList(),
                exclude.stream()
                        .filter(entry -> entry.startsWith(AUDIENCE_PREFIX))
                        .map(entry -> new AudienceId(entry.substring(AUDIENCE_PREFIX.length())))
                        .toList());
    }

    private static void checkTogether(Fields fields, boolean broadcast) {
        boolean named = isFilled(fields, "recipients") || isFilled(fields, "sessions");
        if (broadcast && named) {
            fields.refuse("broadcast", "conflict", "must not stand together with recipients or sessions");
        }
        boolean forSomebody = broadcast || named || isFilled(fields, "audiences");
        if (fields.flag("log_only", false)) {
            if (forSomebody) {
                fields.refuse("log_only", "conflict", "must not stand together with anybody who is told");
            }
        } else if (!forSomebody) {
            fields.refuse(
                    "recipients",
                    "target_required",
                    "an event needs recipients, sessions, audiences or broadcast; or it says log_only");
        }
    }

    /** A field of a wrong type counts as filled: its author meant something, and that mistake is reported already. */
    private static boolean isFilled(Fields fields, String name) {
        var node = fields.get(name);
        return node != null && !(node.isArray() && node.isEmpty());
    }

    private static RecipientId recipient(String text) {
        RecipientId recipient = GivenIds.recipient(text);
        if (recipient.equals(LiveRecipients.CONNECTED)) {
            throw new IllegalArgumentException(
                    "is reserved: send a broadcast of mode ephemeral to whoever is connected");
        }
        return recipient;
    }

    /** A session is a recipient of its own, beside the person whose it may be. */
    private static RecipientId session(String text) {
        if (!LiveRecipients.isSession(text)) {
            throw new IllegalArgumentException(LiveRecipients.SESSION_RULE);
        }
        return LiveRecipients.session(text);
    }

    private static String excluded(String text) {
        String id = text.startsWith(AUDIENCE_PREFIX) ? text.substring(AUDIENCE_PREFIX.length()) : text;
        if (!RecipientId.isValid(id)) {
            throw new IllegalArgumentException(
                    "must be a recipient's id, or audience: and an audience's id; either " + RecipientId.RULE);
        }
        return text;
    }

    private static <T> List<T> distinct(List<T> items) {
        return items.size() < 2 ? items : List.copyOf(new LinkedHashSet<>(items));
    }
}
