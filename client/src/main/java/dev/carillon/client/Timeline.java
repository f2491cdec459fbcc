package dev.carillon.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of an event, one page of it.
 *
 * @param next to ask for the page behind this one; null on the last
 */
public record Timeline(
        List<Notification> notifications, @Nullable String next) {
    public Timeline {
        notifications = List.copyOf(notifications);
    }

    /** What became of it for one recipient. */
    public record Notification(String recipient, String id, Instant acceptedAt, List<OnChannel> channels) {
        public Notification {
            channels = List.copyOf(channels);
        }

        /** How it stands on a channel ({@code inapp}, {@code email}, {@code push}); empty where nothing is known. */
        public Optional<OnChannel> on(String channel) {
            return channels.stream()
                    .filter(one -> one.channel().equals(channel))
                    .findFirst();
        }
    }

    /**
     * How it stands on a channel.
     *
     * @param state such as {@code sent}, {@code held} or {@code suppressed}; docs/glossary.md has all
     * @param reason such as {@code quiet_hours}; {@code none} where nothing stood in its way
     * @param sentence both in words
     */
    public record OnChannel(String channel, String state, String reason, String sentence, Instant at) {}

    static Timeline of(JsonNode body) {
        return new Timeline(
                body.path("notifications")
                        .valueStream()
                        .map(Timeline::notification)
                        .toList(),
                body.path("next_cursor").asString(null));
    }

    private static Notification notification(JsonNode node) {
        return new Notification(
                node.path("recipient").asString(""),
                node.path("notification").asString(""),
                Instant.parse(node.path("accepted_at").asString("")),
                node.path("channels")
                        .valueStream()
                        .map(channel -> new OnChannel(
                                channel.path("channel").asString(""),
                                channel.path("state").asString(""),
                                channel.path("reason").asString(""),
                                channel.path("sentence").asString(""),
                                Instant.parse(channel.path("at").asString(""))))
                        .toList());
    }
}
