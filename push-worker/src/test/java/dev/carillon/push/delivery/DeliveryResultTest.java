package dev.carillon.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.push.subscription.Subscription;
import dev.carillon.push.webpush.SubscriberKeys;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.webpush.PushDevice;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryResultTest {
    private static final Instant SOON = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATER = SOON.plusSeconds(60);

    private final Subscription phone = device();
    private final Subscription laptop = device();

    @Test
    void oneDeviceThatTookItIsEnough() {
        assertThat(of(taken(phone), refused(laptop))).isEqualTo(new Accepted("1 of 2 devices"));
        assertThat(of(new DeviceResult.Gone(laptop), taken(phone))).isInstanceOf(Accepted.class);
    }

    @Test
    void aDeviceThatMayStillTakeItKeepsTheDeliveryAlive() {
        DeliveryOutcome outcome = of(taken(phone), later(laptop, LATER));

        assertThat(outcome)
                .isEqualTo(new RetryLater(
                        Reason.PROVIDER_BUSY, "busy (2 devices tried)", LATER, List.of("+" + phone.id())));
    }

    @Test
    void theEarliestHintCountsAndNoHintMeansTheNextTier() {
        assertThat(of(later(phone, LATER), later(laptop, SOON)))
                .isInstanceOfSatisfying(
                        RetryLater.class, retry -> assertThat(retry.notBefore()).isEqualTo(SOON));
        assertThat(of(later(phone, LATER), later(laptop, null)))
                .isInstanceOfSatisfying(
                        RetryLater.class, retry -> assertThat(retry.notBefore()).isNull());
    }

    @Test
    void refusedAndGoneDevicesAreNotTriedAgainEither() {
        RetryLater retry = (RetryLater) of(refused(phone), later(laptop, null));
        Progress progress = Progress.of(new Attempts(1, null, null, retry.done(), null));

        assertThat(progress.settled(phone.id())).isTrue();
        assertThat(progress.settled(laptop.id())).isFalse();
        assertThat(progress.anyAccepted()).isFalse();
    }

    @Test
    void whatAnEarlierAttemptReachedCounts() {
        Progress before = Progress.of(new Attempts(1, null, null, List.of("+" + phone.id()), null));

        assertThat(DeliveryResult.of(before, List.of(refused(laptop)))).isInstanceOf(Accepted.class);
    }

    @Test
    void aRefusalByAllIsWorthADeadLetterAndGoneDevicesAreNot() {
        assertThat(of(refused(phone), new DeviceResult.Gone(laptop)))
                .isEqualTo(new Rejected(Reason.REJECTED, "400: no"));
        assertThat(of(new DeviceResult.Gone(phone), new DeviceResult.Gone(laptop)))
                .isInstanceOf(AddressGone.class);
    }

    private static DeliveryOutcome of(DeviceResult... results) {
        return DeliveryResult.of(Progress.of(Attempts.none()), List.of(results));
    }

    private static DeviceResult taken(Subscription device) {
        return new DeviceResult.Taken(device);
    }

    private static DeviceResult refused(Subscription device) {
        return new DeviceResult.Refused(device, Reason.REJECTED, "400: no");
    }

    private static DeviceResult later(Subscription device, @Nullable Instant notBefore) {
        return new DeviceResult.Later(device, Reason.PROVIDER_BUSY, "busy", notBefore);
    }

    private static Subscription device() {
        PushDevice browser = new PushDevice("https://push.example/1");
        return new Subscription(
                new RecipientId("ada"),
                UUID.randomUUID(),
                browser.endpoint(),
                SubscriberKeys.parse(browser.p256dh(), browser.auth()),
                "key",
                null,
                null,
                SOON,
                null,
                1);
    }
}
