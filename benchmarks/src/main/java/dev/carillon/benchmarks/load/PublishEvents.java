package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.sample.Samples;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Plays the upstream services: posts events over kept-open connections, alone or in arrays. */
final class PublishEvents {

    /**
     * What is published.
     *
     * @param rate events per second; 0 for as many as possible
     * @param array events per request; 1 sends objects
     * @param recipients events go to {@code r0} and so on in turn
     * @param run makes the ids of this run its own
     * @param further members of each event, each with a comma before it
     */
    record Plan(
            URI target, String key, int rate, int connections, int array, int recipients, String run, String further) {

        /** The same at another rate, with other ids. */
        Plan warmup(int otherRate) {
            return new Plan(target, key, otherRate, connections, array, recipients, run + "-w", further);
        }
    }

    private final Plan plan;
    private final AtomicLong number = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Latencies latencies = new Latencies();
    private volatile @Nullable String refusal;

    PublishEvents(Plan plan) {
        this.plan = plan;
    }

    /** Publishes for so long. */
    void run(double seconds) throws InterruptedException {
        long nanos = (long) (seconds * 1e9);
        long start = System.nanoTime();
        OpenLoop loop = new OpenLoop((double) plan.rate() / plan.array(), start, nanos);
        Thread[] threads = new Thread[plan.connections()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofVirtual().start(() -> publish(loop));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Forgets what was counted so far. */
    void reset() {
        accepted.reset();
        refused.reset();
        latencies.reset();
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    /** What the server said to the first refused request. */
    @Nullable String refusal() {
        return refusal;
    }

    Latencies latencies() {
        return latencies;
    }

    private void publish(OpenLoop loop) {
        try (HttpConnection connection = new HttpConnection(plan.target(), plan.key())) {
            for (long intended = loop.await(); intended >= 0; intended = loop.await()) {
                int status = connection.post(body(MachineTime.microsAt(intended)));
                latencies.record((System.nanoTime() - intended) / 1000);
                count(connection, status);
            }
        } catch (IOException e) {
            refusal = String.valueOf(e);
            refused.increment();
        }
    }

    private void count(HttpConnection connection, int status) {
        if (status == 202) {
            accepted.increment();
        } else if (status == 207) {
            int fine = connection.count("\"status\":202");
            accepted.add(fine);
            refused.add(plan.array() - fine);
        } else {
            refused.add(plan.array());
            if (refusal == null) {
                refusal = status + ": " + connection.answer();
            }
        }
    }

    private String body(long micros) {
        if (plan.array() == 1) {
            return event(micros);
        }
        StringBuilder json = new StringBuilder(600 * plan.array()).append('[');
        for (int i = 0; i < plan.array(); i++) {
            json.append(i == 0 ? "" : ",").append(event(micros));
        }
        return json.append(']').toString();
    }

    private String event(long micros) {
        long n = number.getAndIncrement();
        return Samples.posted(plan.run() + "-" + n, "r" + n % plan.recipients(), micros, plan.further());
    }
}
