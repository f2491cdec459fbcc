package dev.carillon.email.tracking;

import dev.carillon.email.catalogue.About;
import dev.carillon.email.token.Tokens;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Tracking;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the links of tracked mails, and reads them back. Everything they say is in the link, signed: nothing is stored for
 * a mail, and nobody can make one that leads elsewhere.
 */
public final class Tracker {
    static final String CLICK = "/api/v1/email/click";
    static final String OPEN = "/api/v1/email/open";
    /** Ids in the link of a picture; a mail that tells more counts as opened for these. */
    private static final int MOST_TOLD = 50;

    private final TrackingSettings settings;
    private final @Nullable String origin;
    private final Function<@Nullable String, Tracking> types;
    private final Predicate<RecipientId> forbidding;
    private final Tokens clicks;
    private final Tokens opens;

    /**
     * @param types what the mails of a type tell
     * @param forbidding who forbids it now, whatever her deliveries say
     */
    public Tracker(
            TrackingSettings settings,
            UnsubscribeSettings secrets,
            Function<@Nullable String, Tracking> types,
            Predicate<RecipientId> forbidding,
            Clock clock) {
        this.settings = settings;
        this.origin = settings.enabled() ? secrets.origin() : null;
        this.types = types;
        this.forbidding = forbidding;
        this.clicks = new Tokens("click", secrets.secret(), secrets.previousSecrets(), clock);
        this.opens = new Tokens("open", secrets.secret(), secrets.previousSecrets(), clock);
    }

    /** Of mails that tell nothing. */
    public static Tracker off(Clock clock) {
        TrackingSettings settings = new TrackingSettings(false, Duration.ofDays(365));
        return new Tracker(settings, UnsubscribeSettings.off(), type -> Tracking.off(), recipient -> true, clock);
    }

    /** What a link turned out to be; {@code T} is what it says. */
    public sealed interface Read<T> {
        /** @param made when its mail was, by the life that links have now */
        record Valid<T>(T value, Instant made) implements Read<T> {}

        record Expired<T>() implements Read<T> {}

        record Forged<T>() implements Read<T> {}
    }

    /** A followed link, and where it leads. */
    record Click(
            RecipientId recipient,
            NotificationId notification,
            @Nullable String type,
            String target) {}

    /** A mail that was shown. */
    record Opened(
            RecipientId recipient,
            List<NotificationId> notifications,
            @Nullable String type) {}

    /** The links of a mail; as they are where it tells nothing. */
    public TrackedLinks of(Delivery delivery) {
        String base = origin;
        if (base == null || delivery.address().doNotTrack()) {
            return TrackedLinks.NONE;
        }
        List<Notification> told = About.told(delivery);
        boolean none = told.stream().map(one -> types.apply(one.type())).allMatch(Tracking.off()::equals);
        return none || forbidding.test(delivery.recipient())
                ? TrackedLinks.NONE
                : new Links(base, told, About.of(delivery).type());
    }

    private final class Links implements TrackedLinks {
        private final String base;
        private final List<Notification> told;
        private final @Nullable String type;

        Links(String base, List<Notification> told, @Nullable String type) {
            this.base = base;
            this.told = told;
            this.type = type;
        }

        @Override
        public String to(Notification notification, String url) {
            if (!types.apply(notification.type()).clicks()) {
                return url;
            }
            String token = clicks.issue(
                    settings.life(),
                    List.of(
                            notification.recipient().value(),
                            notification.id().toString(),
                            text(notification.type()),
                            url));
            return Tokens.isReadable(token) ? base + CLICK + "?token=" + token : url;
        }

        @Override
        public @Nullable String pixel() {
            List<Notification> opened = told.stream()
                    .filter(one -> types.apply(one.type()).opens())
                    .limit(MOST_TOLD)
                    .toList();
            if (opened.isEmpty()) {
                return null;
            }
            String ids = opened.stream().map(one -> one.id().toString()).collect(Collectors.joining(","));
            String recipient = opened.getFirst().recipient().value();
            return base + OPEN + "?token=" + opens.issue(settings.life(), List.of(recipient, text(type), ids));
        }
    }

    Read<Click> click(String token) {
        return read(
                clicks.read(token),
                texts -> new Click(
                        new RecipientId(texts.get(0)),
                        NotificationId.parse(texts.get(1)),
                        emptyToNull(texts.get(2)),
                        texts.get(3)));
    }

    Read<Opened> open(String token) {
        return read(
                opens.read(token),
                texts -> new Opened(
                        new RecipientId(texts.get(0)),
                        Arrays.stream(texts.get(2).split(","))
                                .map(NotificationId::parse)
                                .toList(),
                        emptyToNull(texts.get(1))));
    }

    private <T> Read<T> read(Tokens.Read token, Function<List<String>, T> value) {
        return switch (token) {
            case Tokens.Read.Valid(List<String> texts, Instant expiresAt) ->
                new Read.Valid<>(value.apply(texts), expiresAt.minus(settings.life()));
            case Tokens.Read.Expired() -> new Read.Expired<>();
            case Tokens.Read.Forged() -> new Read.Forged<>();
        };
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
