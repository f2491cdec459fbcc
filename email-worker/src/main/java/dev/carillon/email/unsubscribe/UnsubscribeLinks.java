package dev.carillon.email.unsubscribe;

import dev.carillon.email.catalogue.About;
import dev.carillon.email.token.Tokens;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Makes the links with which a mail can be stopped, and reads them back. */
public final class UnsubscribeLinks {
    public static final String PATH = "/api/v1/email/unsubscribe";

    private static final String PURPOSE = "unsubscribe";

    private final UnsubscribeSettings settings;
    private final Predicate<Delivery> critical;
    private final Tokens tokens;

    /** @param critical what may not be stopped */
    public UnsubscribeLinks(UnsubscribeSettings settings, Predicate<Delivery> critical, Clock clock) {
        this.settings = settings;
        this.critical = critical;
        this.tokens = new Tokens(PURPOSE, settings.secret(), settings.previousSecrets(), clock);
    }

    /** What a token turned out to be. */
    public sealed interface Read {
        /** @param made when its mail was, by the life that links have now */
        record Valid(Subscription subscription, Instant made) implements Read {}

        /** Made by us, but too long ago. */
        record Expired() implements Read {}

        record Forged() implements Read {}
    }

    /** Null where links are not configured, and for what may not be stopped. */
    public @Nullable String of(Delivery delivery) {
        if (!settings.isConfigured() || critical.test(delivery)) {
            return null;
        }
        About about = About.of(delivery);
        Subscription subscription = new Subscription(
                delivery.recipient(),
                about.type(),
                about.category(),
                delivery.notification().id());
        return settings.origin() + PATH + "?token=" + token(subscription);
    }

    /** Where recipients choose for themselves; null where no such page is configured. */
    public @Nullable String preferences() {
        return settings.preferencesUrl();
    }

    /** Where an unsubscription can be mailed to (RFC 6068); null where nobody reads such mails. */
    public @Nullable String mailto() {
        String address = settings.mailto();
        if (address == null) {
            return null;
        }
        int at = address.lastIndexOf('@');
        String local = UriUtils.encode(address.substring(0, at), StandardCharsets.UTF_8);
        return "mailto:" + local + address.substring(at) + "?subject=unsubscribe";
    }

    String token(Subscription subscription) {
        return tokens.issue(
                settings.life(),
                List.of(
                        subscription.recipient().value(),
                        Objects.requireNonNullElse(subscription.type(), ""),
                        Objects.requireNonNullElse(subscription.category(), ""),
                        Objects.toString(subscription.notification(), "")));
    }

    Read read(String token) {
        return switch (tokens.read(token)) {
            case Tokens.Read.Valid(List<String> texts, Instant expiresAt) ->
                new Read.Valid(subscription(texts), expiresAt.minus(settings.life()));
            case Tokens.Read.Expired() -> new Read.Expired();
            case Tokens.Read.Forged() -> new Read.Forged();
        };
    }

    private static Subscription subscription(List<String> texts) {
        String notification = texts.size() > 3 ? emptyToNull(texts.get(3)) : null;
        return new Subscription(
                new RecipientId(texts.get(0)),
                emptyToNull(texts.get(1)),
                emptyToNull(texts.get(2)),
                notification == null ? null : NotificationId.parse(notification));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
