package dev.carillon.email.attachment;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** So many fetches at once, and of one host only some of them: a host that never answers leaves places for others. */
final class FetchPlaces {
    private final int all;
    private final int ofOneHost;
    private final Map<String, Integer> taken = new HashMap<>();
    private int total;

    FetchPlaces(int all, int ofOneHost) {
        this.all = all;
        this.ofOneHost = ofOneHost;
    }

    /** Waits for a place at most {@code patience}. @return whether one is taken, to be given back */
    synchronized boolean take(String host, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (total >= all || taken.getOrDefault(host, 0) >= ofOneHost) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        total++;
        taken.merge(host, 1, Integer::sum);
        return true;
    }

    synchronized void giveBack(String host) {
        total--;
        taken.computeIfPresent(host, (name, places) -> places == 1 ? null : places - 1);
        notifyAll();
    }
}
