package dev.carillon.push.subscription;

import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.ForbiddenEndpoint;
import dev.carillon.push.webpush.InvalidKeyMaterial;
import dev.carillon.push.webpush.SubscriberKeys;
import dev.carillon.push.webpush.VapidKeyRing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what a browser, or somebody who pretends to be one, asks to be stored. */
final class SubscribeRequestCheck {
    static final int LONGEST_LABEL = 100;

    private static final double LATEST_MILLIS = 253_402_300_799_000d;

    private final EndpointPolicy policy;
    private final VapidKeyRing ring;

    SubscribeRequestCheck(EndpointPolicy policy, VapidKeyRing ring) {
        this.policy = policy;
        this.ring = ring;
    }

    /** The request if it breaks no rule; otherwise throws a problem with every rule that it breaks. */
    NewSubscription check(SubscribeRequest request) {
        List<FieldError> errors = new ArrayList<>();
        String endpoint = endpoint(request.endpoint(), errors);
        SubscriberKeys keys = keys(request.keys(), errors);
        Instant expiresAt = expiry(request.expirationTime(), errors);
        String label = label(request.label(), errors);
        String vapidKey = vapidKey(request.applicationServerKey(), errors);
        if (endpoint == null || keys == null || !errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new NewSubscription(endpoint, keys, vapidKey, expiresAt, label, request.oldEndpoint());
    }

    /** The same for a request inside of another one, as its field {@code at}. */
    NewSubscription check(@Nullable SubscribeRequest request, String at) {
        if (request == null) {
            throw ProblemException.invalid(at, "required", "is required");
        }
        try {
            return check(request);
        } catch (ProblemException e) {
            throw ProblemException.invalid(e.errors().stream()
                    .map(error -> new FieldError(at + "." + error.field(), error.rule(), error.message()))
                    .toList());
        }
    }

    private @Nullable String endpoint(@Nullable String endpoint, List<FieldError> errors) {
        if (endpoint == null) {
            errors.add(new FieldError("endpoint", "required", "is required"));
            return null;
        }
        try {
            return policy.check(endpoint).toString();
        } catch (ForbiddenEndpoint e) {
            errors.add(new FieldError("endpoint", "endpoint", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static @Nullable SubscriberKeys keys(SubscribeRequest.@Nullable Keys keys, List<FieldError> errors) {
        String p256dh = keys == null ? null : keys.p256dh();
        String auth = keys == null ? null : keys.auth();
        if (p256dh == null) {
            errors.add(new FieldError("keys.p256dh", "required", "is required"));
        }
        if (auth == null) {
            errors.add(new FieldError("keys.auth", "required", "is required"));
        }
        if (p256dh == null || auth == null) {
            return null;
        }
        try {
            return SubscriberKeys.parse(p256dh, auth);
        } catch (InvalidKeyMaterial e) {
            errors.add(new FieldError("keys." + e.field(), "key", e.rule()));
            return null;
        }
    }

    private static @Nullable Instant expiry(@Nullable Double millis, List<FieldError> errors) {
        if (millis == null) {
            return null;
        }
        if (!(millis >= 0 && millis <= LATEST_MILLIS)) {
            errors.add(
                    new FieldError("expirationTime", "time", "must be milliseconds since 1970, up to the year 9999"));
            return null;
        }
        return Instant.ofEpochMilli(millis.longValue());
    }

    private static @Nullable String label(@Nullable String label, List<FieldError> errors) {
        if (label == null || label.isBlank()) {
            return null;
        }
        if (label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            errors.add(
                    new FieldError("label", "label", "must be one line of at most " + LONGEST_LABEL + " characters"));
        }
        return label.strip();
    }

    private @Nullable String vapidKey(@Nullable String key, List<FieldError> errors) {
        if (key == null) {
            return null;
        }
        String plain = key.replace("=", "");
        if (ring.find(plain) == null) {
            errors.add(new FieldError(
                    "applicationServerKey", "known_key", "must be the key that GET /api/v1/push/key gives"));
        }
        return plain;
    }
}
