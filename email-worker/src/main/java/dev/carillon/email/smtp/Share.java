package dev.carillon.email.smtp;

import dev.carillon.schemas.Lane;
import java.util.concurrent.Semaphore;

/**
 * How many mails of one relay a worker may hold at once, waiting and in hand-over: less than its whole room, so that a slow
 * relay leaves the other ones theirs. Nobody waits here. Safe for all threads.
 */
final class Share {
    private final int size;
    private final Semaphore whole;
    private final Semaphore bulk;

    /**
     * @param whole of both lanes together
     * @param bulk of the bulk lane
     */
    Share(int whole, int bulk) {
        this.size = whole;
        this.whole = new Semaphore(whole);
        this.bulk = new Semaphore(bulk);
    }

    /** Whether there was a place, which must then be {@link #leave left}. */
    boolean enter(Lane lane) {
        if (lane == Lane.BULK && !bulk.tryAcquire()) {
            return false;
        }
        if (whole.tryAcquire()) {
            return true;
        }
        if (lane == Lane.BULK) {
            bulk.release();
        }
        return false;
    }

    void leave(Lane lane) {
        whole.release();
        if (lane == Lane.BULK) {
            bulk.release();
        }
    }

    int taken() {
        return size - whole.availablePermits();
    }
}
