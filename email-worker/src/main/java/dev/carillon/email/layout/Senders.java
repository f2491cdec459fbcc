package dev.carillon.email.layout;

import dev.carillon.email.smtp.Envelope;
import dev.carillon.platform.mail.MailAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who mails of each type are from, with the header fields that say so. */
public final class Senders {
    private final Sender standard;
    private final Map<String, Sender> byType = new HashMap<>();

    public Senders(SenderSettings settings) {
        String replyTo = settings.replyTo();
        this.standard = Sender.of(settings.from(), settings.fromName(), replyTo);
        settings.types()
                .forEach((type, own) -> byType.put(
                        type,
                        Sender.of(
                                Objects.requireNonNullElse(own.from(), settings.from()),
                                Objects.requireNonNullElse(own.fromName(), settings.fromName()),
                                own.replyTo() == null ? replyTo : own.replyTo())));
    }

    /**
     * A sender.
     *
     * @param address where bounces go too
     * @param replyTo where answers go; null where they go to the sender
     * @param headers {@code From} and {@code Reply-To}, complete lines
     */
    record Sender(MailAddress address, @Nullable MailAddress replyTo, String headers) {
        private static Sender of(String from, String name, @Nullable String replyTo) {
            MailAddress address = MailAddress.parse(from.strip());
            String headers = "From: " + HeaderText.mailbox("From", name, address) + "\r\n";
            MailAddress answers = replyTo == null ? null : MailAddress.parse(replyTo.strip());
            return new Sender(address, answers, answers == null ? headers : headers + "Reply-To: " + answers + "\r\n");
        }
    }

    /** @param type null where a mail is of several types, or none */
    Sender of(@Nullable String type) {
        return type == null ? standard : byType.getOrDefault(type, standard);
    }

    /** What the relay is told of a type's mail. */
    public Envelope envelope(@Nullable String type, MailAddress recipient) {
        Sender sender = of(type);
        return new Envelope(sender.address(), recipient, sender.replyTo());
    }

    /** Where bounces of a type's mails go. */
    public MailAddress address(@Nullable String type) {
        return of(type).address();
    }
}
