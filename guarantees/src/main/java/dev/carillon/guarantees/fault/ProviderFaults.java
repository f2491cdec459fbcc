package dev.carillon.guarantees.fault;

import dev.carillon.guarantees.world.World;
import dev.carillon.testsupport.smtp.FakeRelay.On;
import dev.carillon.testsupport.smtp.Reaction;
import dev.carillon.testsupport.webpush.PushReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How the relay and the push service misbehave. */
final class ProviderFaults {

    /** What a relay does, and when. */
    private record Behaviour(String what, On when, Reaction reaction, boolean taken) {}

    private static final List<Behaviour> RELAY = List.of(
            new Behaviour("the relay refuses content with 554", On.CONTENT, Reaction.answer("554 5.7.1 no"), false),
            new Behaviour("the relay is busy with 451", On.MAIL, Reaction.answer("451 4.3.0 later"), false),
            new Behaviour("the relay closes with 421", On.MAIL, Reaction.answerAndDrop("421 4.3.2 closing"), false),
            new Behaviour("the relay stalls at the sender", On.MAIL, Reaction.stall(), false),
            new Behaviour("the relay takes mails and stalls", On.CONTENT, Reaction.stall(), true),
            new Behaviour("the relay takes mails and drops the connection", On.CONTENT, Reaction.drop(), true),
            new Behaviour("the relay drops connections", On.RCPT, Reaction.drop(), false));

    private static final List<PushReply> PUSH_SERVICE = List.of(
            PushReply.status(500),
            PushReply.status(503),
            PushReply.retryAfter(429, "2"),
            new PushReply.Stall(),
            new PushReply.Reset());

    private ProviderFaults() {}

    static int relayBehaviours() {
        return RELAY.size();
    }

    static int pushBehaviours() {
        return PUSH_SERVICE.size();
    }

    static Fault relay(int number, Duration lasts) {
        return new OfRelay(RELAY.get(number), lasts, new AtomicLong());
    }

    static Fault pushService(int number, Duration lasts) {
        return new OfPushService(PUSH_SERVICE.get(number), lasts);
    }

    /** What a relay took without saying so is handed over once more. */
    private record OfRelay(Behaviour behaviour, Duration lasts, AtomicLong taken) implements Fault {

        @Override
        public String what() {
            return behaviour.what();
        }

        @Override
        public void begin(World world) {
            world.relay()
                    .whenever(
                            behaviour.when(),
                            argument -> {
                                taken.incrementAndGet();
                                return true;
                            },
                            behaviour.reaction());
        }

        @Override
        public void end(World world) {
            world.relay().behave();
        }

        @Override
        public InFlight inFlight() {
            return behaviour.taken() ? new InFlight(taken.get(), 0) : InFlight.NOTHING;
        }
    }

    private record OfPushService(PushReply reply, Duration lasts) implements Fault {

        @Override
        public String what() {
            return "the push service answers with " + reply;
        }

        @Override
        public void begin(World world) {
            world.pushes().otherwise(path -> reply);
        }

        @Override
        public void end(World world) {
            world.pushes().otherwise(path -> PushReply.created());
        }

        @Override
        public InFlight inFlight() {
            return InFlight.NOTHING;
        }
    }
}
