package dev.carillon.guarantees.fault;

import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Service;

/** How many mails and pushes can have been handed off and not settled when a fault hit. */
public record InFlight(long mails, long pushes) {

    static final InFlight NOTHING = new InFlight(0, 0);

    /**
     * A worker reads deliveries and retries, each until twice its attempts at once have not ended, which it notices after
     * a poll.
     */
    private static final long PUSHES = 2L * (2 * World.PUSHES_AT_ONCE + World.PUSH_BATCH);

    /** Of one process of the service. */
    static InFlight of(Service service) {
        return switch (service) {
            case EMAIL_WORKER -> new InFlight(World.MAIL_SESSIONS, 0);
            case PUSH_WORKER -> new InFlight(0, PUSHES);
            case INGEST_API, ROUTER_STREAM, INAPP_WORKER -> NOTHING;
        };
    }

    /** Pushes are handed off again where their offsets cannot be committed; mails have a ledger. */
    static InFlight ofBroker(int workers) {
        return new InFlight(0, workers * PUSHES);
    }

    InFlight and(InFlight other) {
        return new InFlight(mails + other.mails, pushes + other.pushes);
    }
}
