package dev.carillon.email.layout;

import dev.carillon.email.smtp.MailAddress;
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
 */
@Validated
@ConfigurationProperties("carillon.email")
public record SenderSettings(
        @DefaultValue("no-reply@localhost") String from,
        @DefaultValue("Carillon") String fromName,
        @Nullable String replyTo,
        @Nullable String listId) {

    private static final Pattern LIST_ID = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

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
    }

    public MailAddress address() {
        return MailAddress.parse(from.strip());
    }

    private static void check(String name, String address) {
        try {
            MailAddress.parse(address.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("carillon.email." + name + ": " + e.getMessage(), e);
        }
    }
}
