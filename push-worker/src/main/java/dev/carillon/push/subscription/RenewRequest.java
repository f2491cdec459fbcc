package dev.carillon.push.subscription;

import org.jspecify.annotations.Nullable;

/**
 * What a service worker sends after {@code pushsubscriptionchange}.
 *
 * @param old the event's {@code oldSubscription}, as the browser writes it; its keys show who asks
 * @param subscription what takes its place
 */
record RenewRequest(
        @Nullable SubscribeRequest old, @Nullable SubscribeRequest subscription) {}
