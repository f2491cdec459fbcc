package dev.carillon.email.layout;

import dev.carillon.platform.mail.MailAddress;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who mails are from.
 *
 * @param from address; also where bounces go
 * @param fromName shown beside the address
 * @param replyTo address for answers; null means the sender's
 * @param listId identifies our mails for filters (RFC 2919), such as {@code notifications.example.com}; null: no header
 * @param feedbackId names us in providers' statistics (the last field of {@code Feedback-ID}), 5 to 15 letters and digits
 * @param types other senders by notification type
 */
@Validated
@ConfigurationProperties("carillon.email")
public record SenderSettings(
        @DefaultValue("no-reply@localhost") String from,
        @DefaultValue("Carillon") String fromName,
        @Nullable String replyTo,
        @Nullable String listId,
        @DefaultValue("carillon") String feedbackId,
        @DefaultValue Map<String, OfType> types) {

    private static final Pattern LIST_ID = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    /** Google's postmaster tools read nothing else. */
    private static final Pattern FEEDBACK_ID = Pattern.compile("[A-Za-z0-9]{5,15}");

    /**
     * The sender of one notification type; what is null is as for all others.
     *
     * @param from address; also where bounces go
     * @param fromName shown beside the address
     * @param replyTo address for answers
     */
    public record OfType(
            @Nullable String from,
            @Nullable String fromName,
            @Nullable String replyTo) {}

    public SenderSettings {
        check("from", from);
        replyTo = replyTo == null || replyTo.isBlank() ? null : replyTo;
        if (replyTo != null) {
            check("reply-to", replyTo);
        }
        listId = listId == null || listId.isBlank() ? null : listId;
        if (listId != null && !LIST_ID.matcher(listId).matches()) {
            throw new IllegalArgumentException("carillon.email.list-id must look like a host name, is " + listId);
        }
        if (!FEEDBACK_ID.matcher(feedbackId).matches()) {
            throw new IllegalArgumentException(
                    "carillon.email.feedback-id must be 5 to 15 letters and digits, is " + feedbackId);
        }
        types = types == null ? Map.of() : Map.copyOf(types);
        types.forEach((type, sender) -> {
            check("types." + type + ".from", sender.from());
            check("types." + type + ".reply-to", sender.replyTo());
        });
    }

    /** One sender for all types, with the default id for statistics. */
    public static SenderSettings of(String from, String fromName, @Nullable String replyTo, @Nullable String listId) {
        return new SenderSettings(from, fromName, replyTo, listId, "carillon", Map.of());
    }

    public MailAddress address() {
        return MailAddress.parse(from.strip());
    }

    private static void check(String name, @Nullable String address) {
        if (address == null) {
            return;
        }
        try {
            MailAddress.parse(address.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("carillon.email." + name + ": " + e.getMessage(), e);
        }
    }
}
