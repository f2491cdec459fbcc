package dev.carillon.email.unsubscribe;

import dev.carillon.email.catalogue.About;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the links with which a mail can be stopped, and reads them back. */
public final class UnsubscribeLinks {
    public static final String PATH = "/api/v1/email/unsubscribe";

    private static final String PURPOSE = "unsubscribe";

    private final UnsubscribeSettings settings;
    private final Predicate<Delivery> critical;
    private final Clock clock;
    private final List<SignedToken> signers;

    /** @param critical what may not be stopped */
    public UnsubscribeLinks(UnsubscribeSettings settings, Predicate<Delivery> critical, Clock clock) {
        this.settings = settings;
        this.critical = critical;
        this.clock = clock;
        this.signers = Stream.concat(Stream.ofNullable(settings.secret()), settings.previousSecrets().stream())
                .map(secret -> new SignedToken(PURPOSE, secret))
                .toList();
    }

    /** What a token turned out to be. */
    public sealed interface Read {
        record Valid(Subscription subscription) implements Read {}

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
        Subscription subscription = new Subscription(delivery.recipient(), about.type(), about.category());
        return settings.origin() + PATH + "?token=" + token(subscription);
    }

    /** Where recipients choose for themselves; null where no such page is configured. */
    public @Nullable String preferences() {
        return settings.preferencesUrl();
    }

    /** Where an unsubscription can be mailed to; null where nobody reads such mails. */
    public @Nullable String mailto() {
        return settings.mailto();
    }

    String token(Subscription subscription) {
        return signers.getFirst()
                .issue(
                        clock.instant().plus(settings.life()),
                        List.of(
                                subscription.recipient().value(),
                                Objects.requireNonNullElse(subscription.type(), ""),
                                Objects.requireNonNullElse(subscription.category(), "")));
    }

    Read read(String token) {
        for (SignedToken signer : signers) {
            SignedToken.Content content = signer.read(token);
            if (content != null) {
                return content.expiresAt().isAfter(clock.instant())
                        ? new Read.Valid(subscription(content.texts()))
                        : new Read.Expired();
            }
        }
        return new Read.Forged();
    }

    private static Subscription subscription(List<String> texts) {
        return new Subscription(new RecipientId(texts.get(0)), emptyToNull(texts.get(1)), emptyToNull(texts.get(2)));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
