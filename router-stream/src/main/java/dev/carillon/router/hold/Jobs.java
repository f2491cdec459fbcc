package dev.carillon.router.hold;

import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import org.jspecify.annotations.Nullable;

/** The jobs of a partition, at most one per event. A job that is put off goes behind the others that are due. */
public final class Jobs {
    private final StagedStore store;
    private final DueQueue queue;
    private final Bodies bodies;

    public Jobs(StagedStore store, DueQueue queue, Bodies bodies) {
        this.store = store;
        this.queue = queue;
        this.bodies = bodies;
    }

    /** @throws IllegalStateException where the event has a job already */
    public void start(Job job, Event event) {
        if (find(job.event()) != null) {
            throw new IllegalStateException("event " + job.event() + " has a job already");
        }
        bodies.refer(event);
        put(job);
    }

    public @Nullable Job find(EventUid event) {
        byte[] value = store.get(HoldKeys.job(event));
        return value == null ? null : Json.read(value, Job.class);
    }

    public @Nullable Event event(Job job) {
        return bodies.find(job.event());
    }

    /** Keeps {@code job} as it is now, to be looked at again at {@code millis}. */
    public void putOff(Job job, long millis) {
        queue.remove(new Due.OfJob(job.notBefore(), job.event()));
        put(job.at(millis));
    }

    public void finish(Job job) {
        queue.remove(new Due.OfJob(job.notBefore(), job.event()));
        store.delete(HoldKeys.job(job.event()));
        bodies.release(job.event());
    }

    /** Removes a job unread, whatever it is. */
    public void drop(Due.OfJob due) {
        queue.remove(due);
        store.delete(HoldKeys.job(due.event()));
        bodies.release(due.event());
    }

    private void put(Job job) {
        Due.OfJob due = queue.add(new Due.OfJob(job.notBefore(), job.event()));
        store.put(HoldKeys.job(job.event()), Json.write(job.at(due.millis())));
    }
}
