package dev.carillon.push.delivery;

import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.ForbiddenEndpoint;
import dev.carillon.push.subscription.Subscription;
import dev.carillon.push.webpush.MessageEncryption;
import dev.carillon.push.webpush.Origins;
import dev.carillon.push.webpush.PushAnswer;
import dev.carillon.push.webpush.PushHttp;
import dev.carillon.push.webpush.PushOrigin;
import dev.carillon.push.webpush.PushRequest;
import dev.carillon.push.webpush.VapidKeyPair;
import dev.carillon.push.webpush.VapidKeyRing;
import dev.carillon.push.webpush.VapidTokens;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Sends a delivery to one device. Does not block on the network. */
public final class DeviceSender {
    /** What fits everywhere, for a push service that calls a message too long: half of what RFC 8030 promises. */
    static final int SHORT_PLAINTEXT_BYTES = MessageEncryption.MAX_PLAINTEXT_BYTES / 2;

    private static final int TOO_MANY_REQUESTS = 429;

    private final VapidKeyRing ring;
    private final VapidTokens tokens;
    private final MessageEncryption encryption;
    private final EndpointPolicy policy;
    private final PushHttp http;
    private final Origins origins;
    private final PushMessages messages;
    private final Clock clock;

    public DeviceSender(
            VapidKeyRing ring,
            VapidTokens tokens,
            MessageEncryption encryption,
            EndpointPolicy policy,
            PushHttp http,
            Origins origins,
            PushMessages messages,
            Clock clock) {
        this.ring = ring;
        this.tokens = tokens;
        this.encryption = encryption;
        this.policy = policy;
        this.http = http;
        this.origins = origins;
        this.messages = messages;
        this.clock = clock;
    }

    CompletableFuture<DeviceResult> send(Subscription device, Delivery delivery, PushContent content) {
        Instant now = clock.instant();
        if (device.expiredAt(now)) {
            return CompletableFuture.completedFuture(new DeviceResult.Gone(device));
        }
        VapidKeyPair pair = ring.find(device.vapidKey());
        if (pair == null) {
            return refused(
                    device,
                    Reason.AUTHENTICATION_FAILED,
                    "the subscription was made with another VAPID key; set it under carillon.push.vapid.previous");
        }
        URI endpoint;
        try {
            endpoint = policy.check(device.endpoint());
        } catch (ForbiddenEndpoint e) {
            return refused(device, Reason.ADDRESS_INVALID, "the endpoint " + e.getMessage());
        }
        PushOrigin origin = PushOrigin.of(endpoint);
        Instant open = origins.enter(origin, now);
        if (open != null) {
            return CompletableFuture.completedFuture(new DeviceResult.Later(
                    device, Reason.PROVIDER_BUSY, origin.text() + " is left alone until " + open, open));
        }
        Attempt attempt = new Attempt(device, delivery, content, endpoint, origin, pair);
        try {
            return answered(attempt).thenApply(answer -> {
                origins.leave(origin);
                return result(device, answer);
            });
        } catch (RuntimeException e) {
            origins.leave(origin);
            throw e;
        }
    }

    private CompletableFuture<PushAnswer> answered(Attempt attempt) {
        return sent(attempt, MessageEncryption.MAX_PLAINTEXT_BYTES)
                .thenCompose(answer -> answer instanceof PushAnswer.TooLarge
                        ? sent(attempt, SHORT_PLAINTEXT_BYTES)
                        : CompletableFuture.completedFuture(answer));
    }

    /** What is the same for every try at one device. */
    private record Attempt(
            Subscription device,
            Delivery delivery,
            PushContent content,
            URI endpoint,
            PushOrigin origin,
            VapidKeyPair pair) {}

    private CompletableFuture<PushAnswer> sent(Attempt attempt, int plaintextBytes) {
        byte[] plaintext = attempt.content().toJson(plaintextBytes);
        PushRequest request = new PushRequest(
                attempt.endpoint(),
                tokens.authorization(attempt.origin(), attempt.pair()),
                messages.timeToLive(attempt.delivery(), clock.instant()),
                PushMessages.urgency(attempt.delivery()),
                PushMessages.topic(attempt.delivery()),
                ByteBuffer.wrap(encryption.encrypt(plaintext, attempt.device().keys())));
        Duration patience = origins.patience(attempt.origin());
        return http.send(request, patience).thenApply(answer -> {
            origins.observe(attempt.origin(), answer, clock.instant());
            return answer;
        });
    }

    private static DeviceResult result(Subscription device, PushAnswer answer) {
        return switch (answer) {
            case PushAnswer.Accepted() -> new DeviceResult.Taken(device);
            case PushAnswer.Gone _ -> new DeviceResult.Gone(device);
            case PushAnswer.Refused(int status, String text) ->
                new DeviceResult.Refused(device, reasonOfRefusal(status), text);
            case PushAnswer.TooLarge(String text) -> new DeviceResult.Refused(device, Reason.TOO_LARGE, text);
            case PushAnswer.Busy(int status, Instant notBefore) ->
                new DeviceResult.Later(device, reasonOfDelay(status), "the push service answers " + status, notBefore);
            // Not timeout or connection_failed: those would pause the channel for all push services.
            case PushAnswer.Unreachable(String text) ->
                new DeviceResult.Later(device, Reason.PROVIDER_ERROR, text, null);
        };
    }

    private static Reason reasonOfRefusal(int status) {
        return switch (status) {
            case 0 -> Reason.ADDRESS_INVALID;
            case 401, 403 -> Reason.AUTHENTICATION_FAILED;
            default -> Reason.REJECTED;
        };
    }

    private static Reason reasonOfDelay(int status) {
        return status == TOO_MANY_REQUESTS ? Reason.RATE_LIMITED : Reason.PROVIDER_BUSY;
    }

    private static CompletableFuture<DeviceResult> refused(Subscription device, Reason reason, String detail) {
        return CompletableFuture.completedFuture(new DeviceResult.Refused(device, reason, detail));
    }
}
