package dev.carillon.ingest.schedule;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.schedule.Schedule.State;
import dev.carillon.platform.http.ProblemException;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes of schedules, each under the row's lock: an occurrence is sent before or not at all. */
final class ChangeSchedules {
    private final ScheduleTable table;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ChangeSchedules(ScheduleTable table, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param created false where it was there already */
    record Made(Schedule schedule, boolean created) {}

    /** The same name again is the same schedule, where it says the same. */
    Made make(Schedule wanted) {
        if (table.insert(wanted)) {
            return new Made(wanted, true);
        }
        Schedule present = table.find(wanted.id()).orElseThrow(() -> gone(wanted.id()));
        boolean same = present.event().equals(wanted.event())
                && present.recurrence().start().equals(wanted.recurrence().start())
                && Objects.equals(
                        present.recurrence().zone(), wanted.recurrence().zone())
                && present.recurrence()
                        .rule()
                        .toString()
                        .equals(wanted.recurrence().rule().toString());
        if (!same) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "schedule_exists",
                    "the source has another schedule of this name: delete " + present.id() + " first");
        }
        return new Made(present, false);
    }

    /** What would have occurred while it is paused does not. */
    Schedule pause(UUID id, ApiKey caller) {
        return change(
                id,
                caller,
                schedule -> schedule.state() == State.ACTIVE
                        ? schedule.now(State.PAUSED, schedule.next(), schedule.past())
                        : schedule);
    }

    Schedule resume(UUID id, ApiKey caller) {
        return change(id, caller, schedule -> schedule.state() == State.PAUSED ? resumed(schedule) : schedule);
    }

    private Schedule resumed(Schedule schedule) {
        if (!schedule.recurrence().hasKnownZone()) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "unknown_time_zone",
                    schedule.zoneIsUnknown() + ": make the schedule again with another one");
        }
        return schedule.now(State.ACTIVE, schedule.recurrence().upcoming(clock.instant()), schedule.past());
    }

    /** Deleting what is gone is done already. */
    void delete(UUID id, ApiKey caller) {
        transaction.executeWithoutResult(status -> table.lock(id)
                .filter(schedule -> caller.mayPublishFor(schedule.source()))
                .ifPresent(schedule -> table.delete(id)));
    }

    /** Whose source a key may not publish for does not exist for it. */
    Schedule find(UUID id, ApiKey caller) {
        return table.find(id)
                .filter(schedule -> caller.mayPublishFor(schedule.source()))
                .orElseThrow(() -> gone(id));
    }

    private Schedule change(UUID id, ApiKey caller, UnaryOperator<Schedule> to) {
        Schedule changed = transaction.execute(status -> {
            Schedule before = table.lock(id)
                    .filter(schedule -> caller.mayPublishFor(schedule.source()))
                    .orElseThrow(() -> gone(id));
            Schedule after = to.apply(before);
            table.update(after);
            return after;
        });
        if (changed == null) {
            throw gone(id);
        }
        return changed;
    }

    private static ProblemException gone(UUID id) {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no schedule " + id);
    }
}
