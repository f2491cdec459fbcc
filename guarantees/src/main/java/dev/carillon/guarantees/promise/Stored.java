package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;

/** A row of a feed. */
public record Stored(NotificationId id, String token, boolean read) {}
