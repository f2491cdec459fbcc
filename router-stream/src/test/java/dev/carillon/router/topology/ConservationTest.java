package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.hold.HoldDepth;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.event.IntakeRecord.ChangeHold;
import dev.carillon.schemas.event.IntakeRecord.ListHolds;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.explain.HoldsListed;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.testsupport.RandomSeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing vanishes and nothing comes twice, whatever happens to it while it waits. */
class ConservationTest {
    private static final int PEOPLE = 30;
    private static final int EVENTS = 500;
    private static final Set<OutcomeState> ENDS = Set.of(
            OutcomeState.ROUTED,
            OutcomeState.MERGED,
            OutcomeState.SUPPRESSED,
            OutcomeState.REPLACED,
            OutcomeState.CANCELLED,
            OutcomeState.EXPIRED);
    private static final List<OutcomeState> WORKERS_ENDS =
            List.of(OutcomeState.SENT, OutcomeState.SKIPPED, OutcomeState.DEAD, OutcomeState.EXPIRED);

    /** An event with more targets than these is told in portions. */
    private static final int INLINE = 4;

    /** A notification on a channel. */
    private record Item(NotificationId notification, Channel channel) {}

    @TempDir
    Path directory;

    private final RandomGenerator random = RandomSeed.of("conservation").generator();
    private final Anything anything = new Anything(random, PEOPLE);
    private final Set<NotificationId> expected = new HashSet<>();
    private final Map<Item, List<OutcomeState>> ends = new HashMap<>();
    private final Map<Item, Integer> waiting = new HashMap<>();
    private final Map<Item, Integer> mergedInto = new HashMap<>();
    private final Map<Item, List<Delivery>> deliveries = new HashMap<>();
    private final List<NotificationId> told = new ArrayList<>();
    private final List<Delivery> underWay = new ArrayList<>();
    private RouterDriver router;
    private long version = 1;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory, RouterDriver.settings(INLINE, List.of(), OverCap.DIGEST));
        anything.begin(router);
        anything.begin(router, "all");
        for (int person = 0; person < PEOPLE; person++) {
            router.profile(People.registered("p" + person, version));
        }
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void everyNotificationEndsOnceOnEveryChannelAndEveryDeliveryIsToldOnce() {
        for (int event = 0; event < EVENTS; event++) {
            happen(event);
            report();
            collect();
        }
        for (int half = 0; half < 2 * 45; half++) {
            router.advance(Duration.ofHours(12), 6);
            collect();
        }
        assertThat(router.deadLetters()).isEmpty();
        assertThat(router.registry.get("carillon.router.holds.lost").counter().count())
                .isZero();
        assertThat(holds(router.registry).values()).containsOnly(0.0);
        assertThat(expected).hasSizeGreaterThan(EVENTS);
        for (Channel channel : Channel.values()) {
            assertThat(expected.stream().filter(one -> !ends.containsKey(new Item(one, channel))))
                    .as("never heard of on %s", channel)
                    .isEmpty();
        }
        waiting.keySet()
                .forEach(item ->
                        assertThat(ends).as("waited and ended: %s", item).containsKey(item));
        assertThat(ends)
                .allSatisfy((item, all) -> assertThat(all).as("%s", item).hasSize(1));
        assertThat(deliveries).allSatisfy((item, all) -> {
            assertThat(all).as("%s", item).hasSize(1);
            assertThat(ends.get(item)).as("%s", item).containsExactly(OutcomeState.ROUTED);
            Delivery one = all.getFirst();
            int shown = one.merged() ? one.items().size() + one.more() : 0;
            assertThat(mergedInto.getOrDefault(item, 0)).as("items of %s", item).isEqualTo(shown);
        });
        long routed = ends.values().stream()
                .filter(List.of(OutcomeState.ROUTED)::equals)
                .count();
        assertThat(deliveries).hasSize((int) routed);
        assertThat(deliveries.keySet()).containsAll(mergedInto.keySet());
        assertThat(mergedInto).hasSizeGreaterThan(10);
        assertThat(ends.values())
                .contains(
                        List.of(OutcomeState.CANCELLED),
                        List.of(OutcomeState.EXPIRED),
                        List.of(OutcomeState.REPLACED),
                        List.of(OutcomeState.SUPPRESSED));
    }

    private void happen(int number) {
        Events event = event(number);
        router.send(event);
        anything.targets(event)
                .forEach(one -> expected.add(NotificationId.of(Events.uid(event.id()), new RecipientId(one))));
        String person = person();
        RecipientId id = new RecipientId(person);
        Instant now = router.clock.instant();
        switch (random.nextInt(16)) {
            case 0, 1 -> router.profile(People.with(person, ++version, anything.preferences(now)));
            case 2 -> router.profile(People.registered(person, ++version));
            case 3 -> router.cancel("e" + random.nextInt(number + 1));
            case 4 -> router.cancel("e" + random.nextInt(number + 1), person);
            case 5 -> router.activity(new Activity.ReadAll(id, now, now));
            case 6 ->
                told.stream()
                        .skip(random.nextInt(Math.max(1, told.size())))
                        .findFirst()
                        .ifPresent(one -> router.activity(new Activity.Read(id, List.of(one), now)));
            case 7 -> operate(id);
            case 8 -> router.forget(person, ++version);
            case 11 -> {
                Channel channel = random.nextBoolean() ? Channel.EMAIL : Channel.PUSH;
                router.activity(new Activity.Reachable(id, channel, random.nextBoolean(), now));
            }
            case 9, 10 -> router.advance(Duration.ofMinutes(random.nextInt(240)), 8);
            default -> {
                // Only the event.
            }
        }
    }

    private Events event(int number) {
        Instant now = router.clock.instant();
        Events event = anything.event("e" + number, now);
        event = random.nextInt(20) == 0 ? event.toAudiences("all") : event;
        return random.nextInt(8) == 0 ? event.deliverAt(now.plus(Duration.ofHours(2))) : event;
    }

    private void operate(RecipientId id) {
        router.intake(new ListHolds("q", id, router.clock.instant()));
        var holds = ((HoldsListed) router.answers().getFirst()).holds();
        if (!holds.isEmpty()) {
            var change = random.nextBoolean() ? HoldChange.RELEASE : HoldChange.CANCEL;
            var hold = holds.get(random.nextInt(holds.size()));
            router.intake(new ChangeHold("q", id, hold.id(), change, router.clock.instant()));
            assertThat(router.answers())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            HoldChanged.class,
                            answer -> assertThat(answer.result()).isEqualTo(HoldChanged.Result.DONE));
        }
    }

    private void collect() {
        for (Channel channel : Channel.values()) {
            router.deliveries(channel).forEach(one -> {
                deliveries
                        .computeIfAbsent(new Item(one.notification().id(), channel), item -> new ArrayList<>())
                        .add(one);
                if (one.followed()) {
                    underWay.add(one);
                }
            });
        }
        router.outcomes().forEach(this::collect);
        assertThat(holds(router.registry)).isEqualTo(holdsOfAnother());
    }

    /** What waits by channel and kind, and for how long. */
    private static Map<String, Double> holds(MeterRegistry registry) {
        Map<String, Double> found = new TreeMap<>();
        for (String name : List.of("carillon.router.holds", "carillon.router.holds.age")) {
            for (Gauge gauge : registry.get(name).gauges()) {
                found.put(gauge.getId().toString(), gauge.value());
            }
        }
        return found;
    }

    /** As {@link #holds}, of a router that opens the partition now. */
    private Map<String, Double> holdsOfAnother() {
        MeterRegistry registry = new SimpleMeterRegistry();
        HoldDepth depth = new HoldDepth(new StagedStore(router.store(Stores.HOLDS)));
        assertThat(depth.countNext(Integer.MAX_VALUE)).isFalse();
        new RouterMeters(registry, router.clock).opened(depth);
        return holds(registry);
    }

    /** What a worker says of a delivery that a step waits behind: sooner or later, and sometimes twice. */
    private void report() {
        underWay.removeIf(one -> {
            if (random.nextInt(4) != 0) {
                return false;
            }
            List<NotificationId> notifications = one.merged()
                    ? one.items().stream().map(Notification::id).toList()
                    : List.of(one.notification().id());
            OutcomeState end = WORKERS_ENDS.get(random.nextInt(WORKERS_ENDS.size()));
            router.activity(new Activity.Ended(
                    one.recipient(), notifications, one.channel(), end, Reason.NONE, router.clock.instant()));
            return random.nextInt(10) != 0;
        });
    }

    private void collect(NotificationOutcome outcome) {
        told.add(outcome.notification());
        outcome.channels().forEach(channel -> {
            Item item = new Item(outcome.notification(), channel.channel());
            if (ENDS.contains(channel.state())) {
                ends.computeIfAbsent(item, one -> new ArrayList<>()).add(channel.state());
            } else {
                assertThat(channel.state()).isEqualTo(OutcomeState.HELD);
                waiting.merge(item, 1, Integer::sum);
            }
            if (channel.state() == OutcomeState.MERGED) {
                NotificationId into = NotificationId.parse(String.valueOf(channel.detail()));
                mergedInto.merge(new Item(into, channel.channel()), 1, Integer::sum);
            }
        });
    }

    private String person() {
        return "p" + random.nextInt(PEOPLE);
    }
}
