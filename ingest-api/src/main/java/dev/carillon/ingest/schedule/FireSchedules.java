package dev.carillon.ingest.schedule;

import dev.carillon.ingest.intake.ScheduledEvents;
import dev.carillon.ingest.intake.ScheduledEvents.Occurrence;
import dev.carillon.ingest.schedule.Recurrence.Step;
import dev.carillon.ingest.schedule.Schedule.Past;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the occurrences whose time has come, each under its row's lock, so that one replica does. A crash between the
 * broker's acknowledgement and the commit sends one again, under the same id, and the router drops the repetition. Of
 * several that were missed only the last is sent.
 */
final class FireSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(FireSchedules.class);
    /** Locked at a time: a few seconds' worth even where the broker hardly answers. */
    private static final int BATCH = 10;

    private final ScheduleTable table;
    private final ScheduledEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FireSchedules(ScheduleTable table, ScheduledEvents events, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Fires everything that is due. */
    void fireDue() {
        int fired;
        do {
            fired = fireSome();
        } while (fired == BATCH);
    }

    private int fireSome() {
        Integer fired = transaction.execute(status -> {
            Instant now = clock.instant();
            List<Schedule> due = table.lockDue(now, BATCH);
            due.forEach(schedule -> table.update(fire(schedule, now)));
            return due.size();
        });
        return fired == null ? 0 : fired;
    }

    private Schedule fire(Schedule schedule, Instant now) {
        if (!schedule.recurrence().hasKnownZone()) {
            LOG.warn("schedule {} is paused: {}", schedule.id(), schedule.zoneIsUnknown());
            return schedule.withoutZone();
        }
        LocalDateTime next = schedule.next();
        Step step = next == null ? new Step(null, null) : schedule.recurrence().step(next, now);
        LocalDateTime due = step.due();
        Past past = due == null ? schedule.past() : send(schedule, due, now);
        return schedule.now(schedule.state(), step.following(), past);
    }

    /** What cannot be sent for its content (its type is gone, say) is told to whoever looks; the next one may work. */
    private Past send(Schedule schedule, LocalDateTime occurrence, Instant now) {
        boolean everywhere = schedule.recurrence().zone() == null;
        try {
            EventUid sent = events.send(new Occurrence(
                    schedule.event(), schedule.source(), schedule.eventId(occurrence), everywhere ? occurrence : null));
            return schedule.past().sent(sent, now);
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.SERVICE_UNAVAILABLE) {
                throw e;
            }
            LOG.warn("schedule {} cannot be sent: {}", schedule.id(), e.getMessage());
            return schedule.past().failed(String.valueOf(e.getMessage()));
        }
    }
}
