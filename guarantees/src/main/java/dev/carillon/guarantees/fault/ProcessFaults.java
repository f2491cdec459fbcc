package dev.carillon.guarantees.fault;

import dev.carillon.fleet.Member;
import dev.carillon.guarantees.world.TcpProxy;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Service;
import java.time.Duration;
import java.util.function.Consumer;

/** What happens to one process of a service. */
final class ProcessFaults {

    private ProcessFaults() {}

    private record OfMember(
            String what,
            Duration lasts,
            Member member,
            Consumer<Member> beginning,
            Consumer<Member> ending,
            InFlight inFlight)
            implements Fault {

        @Override
        public void begin(World world) {
            beginning.accept(member);
        }

        @Override
        public void end(World world) {
            ending.accept(member);
        }
    }

    static Fault kill(Member member, Duration away) {
        return new OfMember(
                "kill -9 of " + member.name(),
                away,
                member,
                Member::kill,
                Member::start,
                InFlight.of(member.service()));
    }

    static Fault stopAndStart(Member member) {
        return new OfMember(
                "clean stop and start of " + member.name(),
                Duration.ZERO,
                member,
                Member::stop,
                Member::start,
                InFlight.of(member.service()));
    }

    static Fault freeze(Member member, Duration lasts) {
        return new OfMember(
                "SIGSTOP of " + member.name(),
                lasts,
                member,
                one -> one.process().freeze(),
                one -> one.process().thaw(),
                InFlight.of(member.service()));
    }

    static Fault trouble(String what, Member member, TcpProxy way, Consumer<TcpProxy> trouble, Duration lasts) {
        return new OfMember(
                what + " of " + member.name(),
                lasts,
                member,
                one -> trouble.accept(way),
                one -> way.free(),
                member.service() == Service.PUSH_WORKER ? InFlight.of(Service.PUSH_WORKER) : InFlight.NOTHING);
    }
}
