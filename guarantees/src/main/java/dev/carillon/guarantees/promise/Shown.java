package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;

/**
 * A notification on a live stream.
 *
 * @param rev the revision as its text
 */
public record Shown(String recipient, NotificationId id, String rev, String token) {}
