package dev.carillon.push.subscription;

import dev.carillon.platform.auth.EndUser;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.push.webpush.VapidKeyRing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An end user's devices over HTTP; nobody sees or touches those of others. */
@RestController
@RequestMapping("/api/v1/push")
public final class SubscriptionController {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final Subscriptions subscriptions;
    private final SubscribeRequestCheck check;
    private final VapidKeyRing ring;

    public SubscriptionController(Subscriptions subscriptions, EndpointPolicy policy, VapidKeyRing ring) {
        this.subscriptions = subscriptions;
        this.check = new SubscribeRequestCheck(policy, ring);
        this.ring = ring;
    }

    @GetMapping("/key")
    Key key() {
        return new Key(currentKey());
    }

    @PostMapping(path = "/subscribe", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Subscribed> subscribe(EndUser user, @RequestBody SubscribeRequest request) {
        String key = currentKey();
        NewSubscription wanted = check.check(request);
        Subscriptions.Stored stored = acknowledged(() -> subscriptions.store(user.id(), wanted, key));
        return stored.created()
                ? ResponseEntity.status(HttpStatus.CREATED).body(new Subscribed("subscribed", stored.id()))
                : ResponseEntity.ok(new Subscribed("subscription updated", stored.id()));
    }

    /** Without a login: see {@link Subscriptions#renew}. */
    @PostMapping(path = "/renew", consumes = MediaType.APPLICATION_JSON_VALUE)
    Subscribed renew(@RequestBody RenewRequest request) {
        currentKey();
        NewSubscription old = check.check(request.old(), "old");
        NewSubscription wanted = check.check(request.subscription(), "subscription");
        Subscriptions.Stored stored = acknowledged(() -> subscriptions.renew(old, wanted));
        if (stored == null) {
            throw ProblemException.of(HttpStatus.NOT_FOUND, "there is no such subscription, or its secret is another");
        }
        return new Subscribed("subscription updated", stored.id());
    }

    @PostMapping(path = "/unsubscribe", consumes = MediaType.APPLICATION_JSON_VALUE)
    Message unsubscribe(EndUser user, @RequestBody UnsubscribeRequest request) {
        String endpoint = request.endpoint();
        if (endpoint == null || endpoint.isBlank()) {
            throw ProblemException.invalid("endpoint", "required", "is required");
        }
        boolean removed = acknowledged(() -> subscriptions.remove(user.id(), endpoint));
        return new Message(removed ? "unsubscribed" : "was not subscribed");
    }

    @GetMapping("/subscriptions")
    Listing list(EndUser user) {
        return new Listing(subscriptions.of(user.id()).stream().map(Listed::of).toList());
    }

    @DeleteMapping("/subscriptions/{id}")
    ResponseEntity<Void> remove(EndUser user, @PathVariable UUID id) {
        if (!acknowledged(() -> subscriptions.remove(user.id(), id))) {
            throw ProblemException.of(HttpStatus.NOT_FOUND, "you have no subscription " + id);
        }
        return ResponseEntity.noContent().build();
    }

    private String currentKey() {
        String key = ring.currentPublicKey();
        if (key == null) {
            throw ProblemException.of(
                    HttpStatus.NOT_FOUND, "push_not_configured", "this installation has no VAPID key pair");
        }
        return key;
    }

    private static <T extends @Nullable Object> T acknowledged(Supplier<T> change) {
        try {
            return change.get();
        } catch (BrokerUnavailableException e) {
            throw new ProblemException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "service_unavailable",
                            "nothing was changed; send the request again",
                            List.of(),
                            TRY_AGAIN)
                    .because(e);
        }
    }

    record Key(String key) {}

    record Subscribed(String message, UUID subscriptionId) {}

    record Message(String message) {}

    record UnsubscribeRequest(@Nullable String endpoint) {}

    record Listing(List<Listed> subscriptions) {}

    record Listed(
            UUID id,
            String endpoint,
            @Nullable String label,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {
        static Listed of(Subscription subscription) {
            return new Listed(
                    subscription.id(),
                    subscription.endpoint(),
                    subscription.label(),
                    subscription.createdAt(),
                    subscription.lastUsedAt());
        }
    }
}
