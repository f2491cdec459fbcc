package dev.carillon.push.subscription;

import dev.carillon.platform.personal.PersonalData;
import dev.carillon.platform.personal.RecipientTables;
import dev.carillon.platform.personal.RecipientTables.Table;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Devices of recipients, and what waits for them. The router is told nothing when devices are erased: it forgets by itself
 * that she could be reached.
 */
public final class PushPersonalData implements PersonalData {
    private final RecipientTables tables;

    public PushPersonalData(JdbcClient jdbc) {
        this.tables = new RecipientTables(
                jdbc,
                List.of(
                        Table.ofRecipient("push.subscriptions", "auth", "p256dh", "endpoint_hash", "vapid_key"),
                        Table.ofRecipient("push.waiting_groups")));
    }

    @Override
    public void export(Command.Export asked, ExportParts into) {
        tables.export(asked.recipient(), List.of(), into);
    }

    @Override
    public Map<String, Long> erase(Command.Erase wanted) {
        return tables.erase(wanted.recipient(), List.of());
    }
}
