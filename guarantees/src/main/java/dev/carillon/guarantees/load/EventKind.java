package dev.carillon.guarantees.load;

import dev.carillon.fleet.Api;
import dev.carillon.schemas.Channel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The types of events, each with the policy that its name says. */
public enum EventKind {
    NEWS,
    /** Mails and pushes are collected for some seconds, by topic. */
    BATCH,
    /** In-app, and by mail where it is still unread after {@link #MAIL_AFTER}. */
    ESCALATION,
    /** Of events with a {@code deliver_at}. */
    REMINDER,
    /** In-app, in groups. */
    PROGRESS,
    /** By mail {@link #MOST_OFFERS} times an hour; what is beyond is dropped. */
    OFFER,
    /** From one of the crowd to others of it. */
    MESSAGE;

    /** How many mails about offers somebody gets within {@link #OFFERS_COUNTED}. */
    public static final int MOST_OFFERS = 3;

    /** What a cap by the hour looks back on. */
    public static final Duration OFFERS_COUNTED = Duration.ofHours(1);

    static final Duration MAIL_AFTER = Duration.ofSeconds(3);

    /** Its name in the catalogue. */
    public String type() {
        return "guarantees." + name().toLowerCase(Locale.ROOT);
    }

    /** Of an event; the token stands in no other's. */
    String title(String token) {
        return name() + " " + token;
    }

    Set<Channel> channels() {
        return switch (this) {
            case NEWS, BATCH, REMINDER, MESSAGE -> EnumSet.allOf(Channel.class);
            case ESCALATION, OFFER -> EnumSet.of(Channel.INAPP, Channel.EMAIL);
            case PROGRESS -> EnumSet.of(Channel.INAPP);
        };
    }

    /** Puts all of them into the catalogue. */
    static void define(Api api) {
        for (EventKind kind : values()) {
            api.defineType(
                    kind.type(),
                    Map.of(
                            "category",
                            kind.type(),
                            "channels",
                            kind.channels().stream().map(Channel::code).toList(),
                            "user_to_user",
                            kind == MESSAGE,
                            "policies",
                            kind.policies()));
        }
    }

    private Map<String, ?> policies() {
        return switch (this) {
            case NEWS, REMINDER, PROGRESS, MESSAGE -> Map.of();
            case BATCH -> Map.of("batches", List.of(Map.of("window", "4s", "max_items", 100, "key", "{{data.topic}}")));
            case ESCALATION -> {
                String after = MAIL_AFTER.toSeconds() + "s";
                yield Map.of("steps", List.of(Map.of("channel", "inapp"), Map.of("channel", "email", "after", after)));
            }
            case OFFER -> {
                Map<String, ?> cap = Map.of("channel", "email", "category", type(), "most", MOST_OFFERS, "per", "hour");
                yield Map.of("over_cap", "drop", "caps", List.of(cap));
            }
        };
    }
}
