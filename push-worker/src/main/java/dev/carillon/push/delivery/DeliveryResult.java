package dev.carillon.push.delivery;

import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the devices: as long as one may still take the delivery it is tried again; then one that took it is enough
 * for success; then a refusal is worth a dead letter; and where all devices are gone there is nobody left.
 */
final class DeliveryResult {
    private DeliveryResult() {}

    static DeliveryOutcome of(Progress before, List<DeviceResult> results) {
        List<DeviceResult.Later> later = only(results, DeviceResult.Later.class);
        if (!later.isEmpty()) {
            DeviceResult.Later first = later.getFirst();
            return new RetryLater(first.reason(), detail(first, results), earliest(later), before.after(results));
        }
        List<DeviceResult.Taken> taken = only(results, DeviceResult.Taken.class);
        if (!taken.isEmpty() || before.anyAccepted()) {
            return new Accepted(taken.size() + " of " + results.size() + " devices");
        }
        List<DeviceResult.Refused> refused = only(results, DeviceResult.Refused.class);
        if (!refused.isEmpty()) {
            DeviceResult.Refused first = refused.getFirst();
            return new Rejected(first.reason(), first.detail());
        }
        return new AddressGone(Reason.ADDRESS_GONE, "the push service knows the subscription no more");
    }

    private static String detail(DeviceResult.Later first, List<DeviceResult> results) {
        return results.size() == 1 ? first.detail() : first.detail() + " (" + results.size() + " devices tried)";
    }

    /** Null as soon as one device may be tried at the next tier. */
    private static @Nullable Instant earliest(List<DeviceResult.Later> later) {
        if (later.stream().anyMatch(result -> result.notBefore() == null)) {
            return null;
        }
        return later.stream()
                .map(DeviceResult.Later::notBefore)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static <T extends DeviceResult> List<T> only(List<DeviceResult> results, Class<T> type) {
        return results.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
