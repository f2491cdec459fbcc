package dev.carillon.guarantees.fault;

import dev.carillon.fleet.Member;
import dev.carillon.guarantees.world.TcpProxy;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which faults come, in which order: every kind once before any comes again. The same seed gives the same plan. */
final class FaultPlan {

    private static final List<Service> SERVICES = List.of(Service.values());

    private final World world;
    private final RandomGenerator random;
    private final Duration longestFreeze;
    private final List<Kind> bag = new ArrayList<>();

    private enum Kind {
        KILL_INGEST,
        KILL_ROUTER,
        KILL_INAPP,
        KILL_EMAIL,
        KILL_PUSH,
        KILL_BROKER,
        KILL_DATABASE,
        FREEZE_SERVICE,
        FREEZE_BROKER,
        STOP_AND_START,
        CUT_FROM_BROKER,
        CUT_FROM_DATABASE,
        SLOW_BROKER,
        RELAY,
        PUSH_SERVICE,
        POISON,
        FULL_DISK
    }

    FaultPlan(World world, RandomGenerator random, Duration longestFreeze) {
        this.world = world;
        this.random = random;
        this.longestFreeze = longestFreeze;
    }

    Fault next() {
        if (bag.isEmpty()) {
            bag.addAll(List.of(Kind.values()));
            if (world.disk().isEmpty()) {
                bag.remove(Kind.FULL_DISK);
            }
            Collections.shuffle(bag, random);
        }
        return fault(bag.removeLast());
    }

    /** Every fault draws the same number of random numbers whatever it is, so that plans do not depend on their faults. */
    private Fault fault(Kind kind) {
        Member any = any(SERVICES.get(random.nextInt(SERVICES.size())));
        Duration lasts = Duration.ofMillis(random.nextInt(1_000, 5_000));
        int choice = random.nextInt(1 << 20);
        return switch (kind) {
            case KILL_INGEST -> kill(Service.INGEST_API, choice, lasts);
            case KILL_ROUTER -> kill(Service.ROUTER_STREAM, choice, lasts);
            case KILL_INAPP -> kill(Service.INAPP_WORKER, choice, lasts);
            case KILL_EMAIL -> kill(Service.EMAIL_WORKER, choice, lasts);
            case KILL_PUSH -> kill(Service.PUSH_WORKER, choice, lasts);
            case KILL_BROKER -> ServerFaults.killBroker(lasts);
            case KILL_DATABASE -> ServerFaults.killDatabase(lasts);
            case FREEZE_SERVICE -> ProcessFaults.freeze(any, frozen(lasts));
            case FREEZE_BROKER -> ServerFaults.freezeBroker(lasts);
            case STOP_AND_START -> ProcessFaults.stopAndStart(any);
            case CUT_FROM_BROKER -> way("broker", any, world.wayToBroker(any), choice, lasts);
            case CUT_FROM_DATABASE -> way("database", any, world.wayToDatabase(any), choice, lasts);
            case SLOW_BROKER ->
                ProcessFaults.trouble(
                        "delayed way to the broker",
                        any,
                        world.wayToBroker(any),
                        proxy -> proxy.delay(Duration.ofMillis(200)),
                        lasts);
            case RELAY -> ProviderFaults.relay(choice % ProviderFaults.relayBehaviours(), lasts);
            case PUSH_SERVICE -> ProviderFaults.pushService(choice % ProviderFaults.pushBehaviours(), lasts);
            case POISON -> ServerFaults.poison();
            case FULL_DISK -> ServerFaults.fillDisk(lasts);
        };
    }

    private Duration frozen(Duration lasts) {
        return lasts.multipliedBy(longestFreeze.toMillis()).dividedBy(5_000);
    }

    private Fault kill(Service service, int choice, Duration away) {
        List<Member> members = world.fleet().members(service);
        return ProcessFaults.kill(members.get(choice % members.size()), away.dividedBy(4));
    }

    private static Fault way(String server, Member member, TcpProxy way, int choice, Duration lasts) {
        return choice % 2 == 0
                ? ProcessFaults.trouble("cut way to the " + server, member, way, TcpProxy::cut, lasts)
                : ProcessFaults.trouble("stalled way to the " + server, member, way, TcpProxy::stall, lasts);
    }

    private Member any(Service service) {
        List<Member> members = world.fleet().members(service);
        return members.get(random.nextInt(members.size()));
    }
}
