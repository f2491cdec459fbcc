package dev.carillon.platform.delivery;

import dev.carillon.schemas.Lane;
import java.util.concurrent.Semaphore;

/**
 * How many attempts a worker makes at once, over all of its consumers. Bulk ones take only their share of it, so that a
 * direct one never waits for the queue of bulk ones to pass. Safe for all threads.
 */
final class Room {
    private final Semaphore whole;
    private final Semaphore bulk;

    Room(int whole, int bulk) {
        this.whole = new Semaphore(whole);
        this.bulk = new Semaphore(bulk);
    }

    /** Returns when there is room for one more, which must then {@link #leave}. */
    void enter(Lane lane) throws InterruptedException {
        switch (lane) {
            case DIRECT -> whole.acquire();
            case BULK -> {
                bulk.acquire();
                try {
                    whole.acquire();
                } catch (InterruptedException e) {
                    bulk.release();
                    throw e;
                }
            }
        }
    }

    void leave(Lane lane) {
        whole.release();
        if (lane == Lane.BULK) {
            bulk.release();
        }
    }
}
