package dev.carillon.ingest.schedule;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.personal.WithoutPerson;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.Map;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/** Recurring events that name a recipient. One that is left for nobody is deleted. */
final class KeptSchedules implements KeepsRecipients {
    private final ScheduleTable table;
    private final TransactionOperations transactions;

    KeptSchedules(ScheduleTable table, TransactionOperations transactions) {
        this.table = table;
        this.transactions = transactions;
    }

    @Override
    public void export(RecipientId recipient, ExportParts into) {
        into.table("schedule");
        for (Schedule schedule : table.naming(quoted(recipient))) {
            JsonNode event = schedule.event();
            if (WithoutPerson.remove(event.deepCopy(), recipient, recipient.value())) {
                into.add("schedule", Json.mapper().valueToTree(Map.of("id", schedule.id(), "event", event)));
            }
        }
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        Long changed = transactions.execute(status -> table.lockNaming(quoted(recipient)).stream()
                .filter(schedule -> leave(schedule, recipient, pseudonym))
                .count());
        return Map.of("schedule", changed == null ? 0 : changed);
    }

    private boolean leave(Schedule schedule, RecipientId recipient, String pseudonym) {
        JsonNode rest = schedule.event().deepCopy();
        if (!WithoutPerson.remove(rest, recipient, pseudonym)) {
            return false;
        }
        if (WithoutPerson.hasTargets(rest)) {
            table.replaceEvent(schedule.id(), rest);
        } else {
            table.delete(schedule.id());
        }
        return true;
    }

    private static String quoted(RecipientId recipient) {
        return Json.mapper().writeValueAsString(recipient.value());
    }
}
