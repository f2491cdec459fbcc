package dev.carillon.push.subscription;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The browser's own {@code PushSubscription.toJSON()}, in its own spelling, with what a page may add.
 *
 * @param expirationTime milliseconds since 1970
 * @param label the device's name for people
 * @param oldEndpoint what this one takes the place of, after {@code pushsubscriptionchange}
 * @param applicationServerKey the key that the browser subscribed with, from {@code subscription.options}
 */
record SubscribeRequest(
        @Nullable String endpoint,
        @JsonProperty("expirationTime") @Nullable Double expirationTime,
        @Nullable Keys keys,
        @Nullable String label,

        @JsonProperty("oldEndpoint") @JsonAlias("old_endpoint") @Nullable String oldEndpoint,

        @JsonProperty("applicationServerKey") @JsonAlias("application_server_key") @Nullable String applicationServerKey) {

    /** Both as base64url. */
    record Keys(@Nullable String p256dh, @Nullable String auth) {}
}
