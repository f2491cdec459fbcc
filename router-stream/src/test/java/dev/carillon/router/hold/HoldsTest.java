package dev.carillon.router.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Gate;
import dev.carillon.router.decision.Slot;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.RandomSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final RecipientId ADA = new RecipientId("ada");
    private static final RecipientId BOB = new RecipientId("bob");
    private static final Slot QUIET = new Slot(Slot.Kind.QUIET, "");

    private final KeyValueStore<Bytes, byte[]> written =
            Stores.inMemoryKeyValueStore("holds").get();
    private final StagedStore store = new StagedStore(written);
    private final DueQueue queue = new DueQueue(store);
    private final Bodies bodies = new Bodies(store);
    private final Holds holds = new Holds(store, queue, bodies);

    @Test
    void aSlotIsDueOnceHoweverManyItemsItHolds() {
        hold(ADA, "1", LATER, false);
        hold(ADA, "2", LATER.plusSeconds(5), false);

        assertThat(queue.until(LATER.toEpochMilli() - 1, 10)).isEmpty();
        assertThat(queue.until(Long.MAX_VALUE - 1, 10)).hasSize(1);
        assertThat(slot(ADA).count()).isEqualTo(2);
    }

    @Test
    void anItemThatIsDueEarlierBringsItsSlotForward() {
        hold(ADA, "1", LATER, false);
        hold(ADA, "2", NOW.plusSeconds(5), false);

        assertThat(queue.until(Long.MAX_VALUE - 1, 10))
                .containsExactly(new Due.OfSlot(
                        NOW.plusSeconds(5).toEpochMilli(), ADA, slot(ADA).id()));
    }

    @Test
    void takingASlotOutLeavesNothingBehind() {
        hold(ADA, "1", LATER, true);
        hold(BOB, "1", LATER, true);
        hold(ADA, "2", LATER, false);

        List<HeldItem> taken = holds.takeOut(ADA, slot(ADA));
        assertThat(taken)
                .extracting(item -> item.body() == null ? "" : item.body().id())
                .containsExactly("1", "2");
        assertThat(holds.takeOut(BOB, slot(BOB))).hasSize(1);
        store.apply();
        try (var rest = written.all()) {
            assertThat(rest.hasNext()).isFalse();
        }
    }

    @Test
    void removingTheLastItemRemovesItsSlot() {
        hold(ADA, "1", LATER, true);
        hold(ADA, "2", LATER, false);

        assertThat(holds.removeIf(ADA, one -> one.item().event().equals(EventUid.of("test", "1")))
                        .items())
                .hasSize(1);
        assertThat(slot(ADA).count()).isEqualTo(1);
        assertThat(holds.removeIf(ADA, one -> true).items()).hasSize(1);
        store.apply();
        try (var rest = written.all()) {
            assertThat(rest.hasNext()).isFalse();
        }
    }

    @Test
    void aFullSlotCountsWhatItCannotKeep() {
        for (int i = 0; i < Holds.MOST_ITEMS_IN_SLOT; i++) {
            assertThat(hold(ADA, "n" + i, LATER, false)).isInstanceOf(HoldResult.Held.class);
        }
        assertThat(hold(ADA, "more", LATER, false)).isInstanceOf(HoldResult.CountedOnly.class);

        assertThat(slot(ADA).count()).isEqualTo(Holds.MOST_ITEMS_IN_SLOT);
        assertThat(slot(ADA).overflow()).isEqualTo(1);
    }

    @Test
    void whoHasTooMuchWaitingIsRefusedANewSlot() {
        for (int i = 0; i < Holds.MOST_SLOTS; i++) {
            holdIn(new Slot(Slot.Kind.SINGLE, "s" + i), ADA, "n" + i, LATER, null);
        }
        assertThat(holdIn(new Slot(Slot.Kind.SINGLE, "last"), ADA, "last", LATER, null))
                .isInstanceOf(HoldResult.Refused.class);
        assertThat(hold(BOB, "1", LATER, false)).isInstanceOf(HoldResult.Held.class);
    }

    @Test
    void whoHasTooMuchWaitingHasTheRestCounted() {
        int slots = Holds.MOST_ITEMS / 20;
        for (int i = 0; i < Holds.MOST_ITEMS; i++) {
            holdIn(new Slot(Slot.Kind.BATCH, "b" + i % slots), ADA, "n" + i, LATER, i == 0 ? "g" : null);
        }
        Slot first = new Slot(Slot.Kind.BATCH, "b0");

        assertThat(holdIn(first, ADA, "more", LATER, null)).isInstanceOf(HoldResult.CountedOnly.class);
        assertThat(holdIn(first, ADA, "5", LATER, "g")).isInstanceOf(HoldResult.HeldInstead.class);
        assertThat(holdIn(new Slot(Slot.Kind.BATCH, "new"), ADA, "last", LATER, null))
                .isInstanceOf(HoldResult.Refused.class);
        assertThat(holds.slots(ADA).stream().mapToInt(HeldSlot::count).sum()).isEqualTo(Holds.MOST_ITEMS);
        assertThat(hold(BOB, "1", LATER, false)).isInstanceOf(HoldResult.Held.class);
    }

    @Test
    void asManyAsMayWaitFitIntoFewFullSlots() {
        int slots = Holds.MOST_ITEMS / Holds.MOST_ITEMS_IN_SLOT;
        for (int i = 0; i < Holds.MOST_ITEMS; i++) {
            assertThat(holdIn(new Slot(Slot.Kind.BATCH, "b" + i % slots), ADA, "n" + i, LATER, null))
                    .isInstanceOf(HoldResult.Held.class);
        }
        assertThat(holdIn(new Slot(Slot.Kind.BATCH, "new"), ADA, "last", LATER, null))
                .isInstanceOf(HoldResult.Refused.class);
    }

    @Test
    void anOlderOneOfTheSameGroupDoesNotReplaceTheNewer() {
        assertThat(holdIn(QUIET, ADA, "2", LATER, "g")).isInstanceOf(HoldResult.Held.class);
        assertThat(holdIn(QUIET, ADA, "1", LATER, "g")).isInstanceOf(HoldResult.Outdated.class);
        assertThat(holdIn(QUIET, ADA, "3", LATER, "g")).isInstanceOf(HoldResult.HeldInstead.class);
        assertThat(slot(ADA).count()).isEqualTo(1);
    }

    @Test
    void theQueueLooksOnlyAtWhatMayBeDueAndForgetsNothingWhenTheClockIsSetBack() {
        hold(ADA, "1", LATER, false);
        assertThat(queue.next(NOW.toEpochMilli())).hasValue(LATER.toEpochMilli());
        hold(BOB, "1", NOW.plusSeconds(1), false);
        assertThat(queue.next(NOW.toEpochMilli())).hasValue(NOW.plusSeconds(1).toEpochMilli());
        assertThat(queue.next(LATER.plusSeconds(1).toEpochMilli()))
                .hasValue(NOW.plusSeconds(1).toEpochMilli());
        assertThat(queue.next(NOW.minusSeconds(9).toEpochMilli())).isPresent();
        assertThat(queue.takeEarliestAdded()).isEqualTo(NOW.plusSeconds(1).toEpochMilli());
        assertThat(queue.takeEarliestAdded()).isEqualTo(DueQueue.NOTHING);
    }

    private HeldSlot slot(RecipientId recipient) {
        return holds.slots(recipient).getFirst();
    }

    @Test
    void whatWaitsIsCountedInPortionsWhileItChanges() {
        RandomGenerator random = RandomSeed.of("portions").generator();
        for (int i = 0; i < 60; i++) {
            changeOne(random);
        }
        store.apply();

        HoldDepth depth = new HoldDepth(store);
        boolean left = depth.countNext(3);
        for (; left; left = depth.countNext(3)) {
            changeOne(random);
            changeOne(random);
            if (random.nextInt(4) == 0) {
                store.discard();
            } else {
                depth.follow();
                store.apply();
            }
        }
        long waiting = recipients()
                .flatMap(recipient -> holds.slots(recipient).stream())
                .mapToLong(HeldSlot::count)
                .sum();
        assertThat(waiting).isPositive();
        assertThat(depth.deliveries(Channel.EMAIL, Slot.Kind.QUIET)).isEqualTo(waiting);
    }

    private void changeOne(RandomGenerator random) {
        RecipientId recipient =
                recipients().skip(random.nextInt(20)).findFirst().orElseThrow();
        if (random.nextInt(4) == 0) {
            holds.removeAll(recipient);
        } else {
            hold(recipient, Integer.toString(random.nextInt(1_000)), LATER, false);
        }
    }

    private static Stream<RecipientId> recipients() {
        return IntStream.range(0, 20).mapToObj(number -> new RecipientId("r" + number));
    }

    private HoldResult hold(RecipientId recipient, String id, Instant until, boolean shared) {
        return hold(QUIET, recipient, id, until, null, shared);
    }

    private HoldResult holdIn(Slot slot, RecipientId recipient, String id, Instant until, @Nullable String group) {
        return hold(slot, recipient, id, until, group, false);
    }

    private HoldResult hold(
            Slot slot, RecipientId recipient, String id, Instant until, @Nullable String group, boolean shared) {
        Event event = event(id);
        HeldItem item = new HeldItem(
                NotificationId.of(event.uid(), recipient),
                event.uid(),
                event.acceptedAt(),
                group,
                new HeldItem.Origin(1, Lane.DIRECT, null, true, shared),
                new HeldItem.Waiting(0, Gate.QUIET_HOURS, until, until.plusSeconds(1)),
                null,
                event,
                false,
                Map.of());
        return holds.hold(
                recipient, Channel.EMAIL, new Decision.Hold(until, slot, Gate.QUIET_HOURS), item, item.acceptedAt());
    }

    private static Event event(String id) {
        boolean number = Character.isDigit(id.charAt(0));
        return new Event(
                EventUid.of("test", id),
                "test",
                id,
                null,
                0,
                number ? NOW.plusSeconds(Integer.parseInt(id)) : NOW,
                null,
                Content.of("t", null),
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                null);
    }
}
